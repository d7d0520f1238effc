/** What the page tells of a workspace, part by part. Never a secret; long lists are cut, with the count told. Knows no HTTP. */
import { isDeepStrictEqual } from "node:util";
import { subscriptionsIn } from "../core/lookups.ts";
import type { MessageDoc, RoomDoc, State, UserDoc } from "../core/state.ts";
import { packageValue } from "../settings/read.ts";
import { type Html, html } from "./html.ts";

/** The most rows of a list, and the most names in a row. */
const MOST_ROWS = 100;
const MOST_MESSAGES = 30;
const MOST_NAMES = 8;
/** Longer texts are cut. */
const MOST_TEXT = 240;

const cut = (text: string, most = MOST_TEXT): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const tag = (text: string | false | undefined): Html | undefined =>
  text ? html`<span class="tag">${text}</span> ` : undefined;
/** The newest that a collection holds, newest first. */
const newest = <T>(collection: Record<string, T>, most = MOST_ROWS): T[] =>
  Object.values(collection).slice(-most).reverse();

const KINDS = { c: "channel", p: "private", d: "direct" } as const;

function section(id: string, title: string, total: number, rows: readonly Html[], empty: string): Html {
  const more =
    total > rows.length &&
    html`<p class="more">The newest ${rows.length} of ${total.toLocaleString("en")} are shown.</p>`;
  const list = rows.length > 0 ? html`<ul>${rows}</ul>` : html`<p class="more">${empty}</p>`;
  const count = html`<span class="count">${total.toLocaleString("en")}</span>`;
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title} ${count}</h2>${list}${more}</section>`;
}

const nameOf = (room: RoomDoc | undefined): string =>
  room === undefined ? "a deleted room" : (room.fname ?? room.name ?? room.usernames?.join(", ") ?? room._id);

function room(state: State, doc: RoomDoc): Html {
  const members = subscriptionsIn(state, doc._id);
  const names = members
    .slice(0, MOST_NAMES)
    .map(({ u, roles = [] }) => (roles.length > 0 ? `${u.username} (${roles.join(", ")})` : u.username))
    .join(", ");
  const more = members.length > MOST_NAMES && ` and ${(members.length - MOST_NAMES).toLocaleString("en")} more`;
  const tags = [
    KINDS[doc.t],
    doc.teamMain && "team",
    doc.default && "default",
    doc.ro && "read-only",
    doc.archived && "archived",
  ];
  return html`<li data-key="${doc._id}"><strong>${nameOf(doc)}</strong> ${tags.map(tag)}${
    doc.topic ? html`<p>${cut(doc.topic)}</p>` : undefined
  }<p class="quiet"><span class="label">Members:</span> ${members.length === 0 ? "none" : names}${more}</p></li>`;
}

function person(doc: UserDoc): Html {
  const about = [doc.name !== doc.username && doc.name, doc.emails?.[0]?.address].filter(Boolean).join(" · ");
  return html`<li data-key="${doc._id}"><strong>${doc.username}</strong> ${doc.roles.map(tag)}${tag(!doc.active && "deactivated")}${
    about ? html`<p class="quiet">${about}</p>` : undefined
  }</li>`;
}

function integrations({ integrations }: State): Html {
  const rows = newest(integrations).map((doc) => {
    const incoming = doc.type === "webhook-incoming";
    const where = doc.channel.length > 0 ? doc.channel.join(", ") : "no room";
    const what = incoming
      ? `posts to ${where} as ${doc.username}`
      : `${String(doc.event)} in ${where}, as ${doc.username}`;
    return html`<li data-key="${doc._id}"><strong>${doc.name || "(without a name)"}</strong> ${tag(incoming ? "incoming" : "outgoing")}${tag(!doc.enabled && "disabled")}<p class="quiet">${cut(what)}</p></li>`;
  });
  return section("integrations", "Integrations", Object.keys(integrations).length, rows, "No webhooks.");
}

/** Settings whose value is not for everybody who sees the page. */
const SECRET = /password|secret|token|credential|private|_key|apikey|passphrase/i;

function settings(state: State): Html {
  const changed = Object.entries(state.settings).filter(
    ([id, { value, added }]) => added !== undefined || !isDeepStrictEqual(value, packageValue(state, id)),
  );
  const shown = (id: string, value: unknown): string => {
    if (SECRET.test(id) && value !== "" && typeof value !== "boolean") return "••••••";
    return cut(typeof value === "string" ? value || "(empty)" : JSON.stringify(value));
  };
  const rows = changed
    .slice(-MOST_ROWS)
    .reverse()
    .map(
      ([id, { value }]) =>
        html`<li data-key="${id}=${shown(id, value)}"><strong>${id}</strong><p>${shown(id, value)}</p></li>`,
    );
  return section(
    "settings",
    "Settings that differ from the default",
    changed.length,
    rows,
    "All as on a fresh server.",
  );
}

const SAID: Record<string, string> = {
  uj: "joined",
  ul: "left",
  au: "added",
  ru: "removed",
  r: "renamed the room to",
  room_changed_topic: "set the topic to",
  room_changed_description: "set the description to",
  room_changed_announcement: "set the announcement to",
  message_pinned: "pinned a message",
};

function messages({ messages, rooms }: State): Html {
  const row = (doc: MessageDoc): Html => {
    const author = typeof doc.alias === "string" && doc.alias !== "" ? doc.alias : doc.u.username;
    const said =
      doc.t === undefined
        ? cut(doc.msg || "(attachments)")
        : `${SAID[doc.t] ?? doc.t} ${doc.t === "uj" || doc.t === "ul" ? "" : cut(doc.msg)}`;
    return html`<li data-key="${doc._id}${doc._updatedAt}" class="${doc.t === undefined ? "said" : "system"}"><p class="quiet"><strong>${author}</strong> in ${nameOf(rooms[doc.rid])} <time datetime="${doc.ts}">${doc.ts.slice(0, 19).replace("T", " ")}</time></p><p>${said}</p></li>`;
  };
  const rows = newest(messages, MOST_MESSAGES).map(row);
  return section("messages", "Latest messages", Object.keys(messages).length, rows, "Nothing was said.");
}

export function sections(state: State): Html[] {
  const { rooms, users } = state;
  return [
    section(
      "rooms",
      "Rooms",
      Object.keys(rooms).length,
      newest(rooms).map((doc) => room(state, doc)),
      "No rooms.",
    ),
    section("people", "People", Object.keys(users).length, newest(users).map(person), "Nobody."),
    integrations(state),
    settings(state),
    messages(state),
  ];
}
