/** The plain page at `/`: the workspace at a glance, without secrets. Anybody who reaches the sandbox may see it. */
import { type Call, type Route, reply } from "../core/route.ts";
import { escapeHtml } from "../rooms/names.ts";

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: "td" | "th") =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const body = rows.map((row) => line(row, "td")).join("\n");
  return `<h2>${escapeHtml(title)} (${rows.length})</h2>\n<table>\n${line(head, "th")}\n${body}\n</table>`;
}

function page({ state, siteUrl }: Call): string {
  const subscriptions = Object.values(state.subscriptions);
  const membersOf = (rid: string): string =>
    subscriptions
      .filter((subscription) => subscription.rid === rid)
      .map(({ u, roles = [] }) => (roles.length > 0 ? `${u.username} (${roles.join(", ")})` : u.username))
      .join(", ");
  const rooms = Object.values(state.rooms).map((room) => {
    const kind = { c: "channel", p: "private group", d: "direct" }[room.t];
    const marks = [kind, room.teamMain && "team", room.ro && "read-only", room.archived && "archived"].filter(Boolean);
    return [room.fname ?? room.name ?? room._id, marks.join(", "), room.topic ?? "", membersOf(room._id)];
  });
  const people = Object.values(state.users).map((user) => [
    user.username,
    user.name ?? "",
    user.roles.join(", "),
    user.emails?.[0]?.address ?? "",
    user.active ? "" : "deactivated",
  ]);
  const integrations = Object.values(state.integrations).map((integration) => [
    integration.name,
    integration.type === "webhook-incoming" ? "incoming" : "outgoing",
    integration.channel.join(", "),
    integration.username,
    integration.enabled ? "" : "disabled",
  ]);
  const style =
    "body{font:15px sans-serif;margin:2em}td,th{text-align:left;padding:.2em 1em .2em 0;vertical-align:top}";
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Rocket.Chat sandbox</title><style>${style}</style></head>
<body>
<h1>Rocket.Chat ${state.version} sandbox</h1>
<p>${escapeHtml(siteUrl)}</p>
${table("Rooms", ["Name", "Kind", "Topic", "Members"], rooms)}
${table("People", ["Username", "Name", "Roles", "E-mail", "State"], people)}
${table("Integrations", ["Name", "Direction", "Channel", "Posts as", "State"], integrations)}
</body>
</html>
`;
}

export const pageRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/",
    auth: false,
    rateLimit: false,
    handler: (call) => reply({ status: 200, text: page(call), contentType: "text/html; charset=utf-8" }),
  },
];
