import { expect, it } from "vitest";
import { putUser } from "../../../../provider/sandbox/core/lookups.ts";
import { storeMessage } from "../../../../provider/sandbox/messages/post.ts";
import { html } from "../../../../provider/sandbox/page/html.ts";
import { page } from "../../../../provider/sandbox/page/page.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { subscribe } from "../../../../provider/sandbox/rooms/subscribe.ts";
import { stage } from "../stage.ts";

const EVIL = `<img src=x onerror="alert(1)">'&`;
const SAFE = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;";

it("escapes what is put in, and only that", () => {
  expect(html`<b>${EVIL}</b>${[html`<i>${1}</i>`, "<"]}${undefined}${false}`.text).toBe(`<b>${SAFE}</b><i>1</i>&lt;`);
});

it("shows every text of the workspace as text", () => {
  const { state, admin, person, set } = stage();
  const user = person(EVIL, { name: `${EVIL}2`, emails: [{ address: EVIL, verified: false }], roles: [EVIL] }).user;
  const room = createRoom(admin, { t: "c", name: "evil", members: [] });
  Object.assign(room, { fname: EVIL, topic: EVIL });
  subscribe(admin, room, user, { roles: [EVIL] });
  storeMessage(admin, room, { msg: EVIL, more: { alias: EVIL } });
  set("Site_Name", EVIL);
  state.integrations.i = {
    _id: "i",
    type: "webhook-outgoing",
    name: EVIL,
    enabled: true,
    username: EVIL,
    userId: user._id,
    channel: [EVIL],
    event: EVIL,
    _createdAt: "",
    _createdBy: { _id: "", username: "" },
  };
  const text = page(state, EVIL);
  expect(text).not.toContain("<img");
  expect(text.split(SAFE).length).toBeGreaterThan(12);
});

it("hides what is secret, in settings and everywhere", () => {
  const { state, admin, set } = stage();
  set("SMTP_Password", "hunter2-hunter2");
  set("Accounts_OAuth_Github_secret", "hunter3-hunter3");
  set("Site_Name", "Acme");
  set("Accounts_TwoFactorAuthentication_Enabled", false);
  state.integrations.i = {
    _id: "i",
    type: "webhook-incoming",
    name: "pager",
    enabled: false,
    username: "rocket.cat",
    userId: "rocket.cat",
    channel: ["#general"],
    token: "token-of-the-hook",
    _createdAt: "",
    _createdBy: { _id: "", username: "" },
  };
  const text = page(state, "");
  for (const secret of ["hunter2", "hunter3", "token-of-the-hook", admin.user.services.password?.hash ?? "?"]) {
    expect(text).not.toContain(secret);
  }
  expect(text).toContain("<strong>SMTP_Password</strong><p>••••••</p>");
  expect(text).toContain("<strong>Site_Name</strong><p>Acme</p>");
  expect(text).toMatch(/pager<\/strong> <span class="tag">incoming<\/span> <span class="tag">disabled<\/span>/);
});

it("leaves settings out that are as on a fresh server", () => {
  const { state, set } = stage();
  set("Message_MaxAllowedSize", 5000);
  expect(page(state, "")).toContain("All as on a fresh server.");
});

it("cuts long lists, tells their length, and stays small", () => {
  const { state, admin, person } = stage();
  const general = state.rooms.GENERAL;
  for (let i = 0; i < 1_000; i++) {
    const { user } = person(`user${i}`);
    putUser(state, user);
    if (general) subscribe(admin, general, user);
  }
  const text = page(state, "");
  expect(text).toContain("The newest 100 of 1,002 are shown.");
  expect(text).toContain("and 993 more");
  expect(text).toContain("user999");
  expect(text).not.toContain("user500");
  expect(text.length).toBeLessThan(60_000);
});

it("has one heading, a list per part, and links to all of them", () => {
  const text = page(stage().state, "http://x");
  expect(text.match(/<h1>/g)).toHaveLength(1);
  const ids = [...text.matchAll(/<section id="(\w+)" aria-labelledby="(\w+-title)">/g)];
  expect(ids.map(([, id]) => id)).toEqual(["rooms", "people", "integrations", "settings", "messages"]);
  for (const [, id, title] of ids) {
    expect(text).toContain(`<h2 id="${title}">`);
    expect(text).toContain(`href="#${id}"`);
  }
});
