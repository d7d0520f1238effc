/** Incoming hooks over HTTP: payloads, targets, tokens. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../../../support/server.ts";

const TYPE = { type: "webhook-incoming", enabled: true, scriptEnabled: false, username: "poster" };

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
  const poster = { username: "poster", name: "Poster", email: "poster@example.test", password: "Passw0rd!poster" };
  await server.reader.post("users.create", { ...poster, roles: ["user", "bot"] });
  for (const name of ["one", "two"]) await server.reader.post("channels.create", { name });
});
afterEach(() => server.close());

interface Hook {
  _id: string;
  token: string;
}

async function hook(more: Record<string, unknown>): Promise<Hook> {
  const { integration } = await server.reader.post("integrations.create", { ...TYPE, name: "h", ...more });
  return integration as Hook;
}

async function send({ _id, token }: Hook, body: unknown, form = false): Promise<Response> {
  return fetch(`${server.url}/hooks/${_id}/${token}`, {
    method: "POST",
    headers: { "content-type": form ? "application/x-www-form-urlencoded" : "application/json" },
    body: form ? String(body) : JSON.stringify(body),
  });
}

async function texts(room: string): Promise<string[]> {
  const { messages } = await server.reader.get(`channels.history?roomName=${room}&count=0`);
  return (messages as { t?: string; msg: string }[]).filter(({ t }) => t === undefined).map(({ msg }) => msg);
}

describe("incoming hooks", () => {
  it("post to every room that they name", async () => {
    const { status } = await send(await hook({ channel: "#one,#two" }), { text: "both" });
    expect([status, await texts("one"), await texts("two")]).toEqual([200, ["both"], ["both"]]);
  });

  it("go elsewhere only when that is allowed", async () => {
    const strict = await send(await hook({ channel: "#one" }), { text: "x", channel: "#two" });
    expect(strict.status).toBe(400);
    const free = await hook({ channel: "#one", overrideDestinationChannelEnabled: true });
    expect((await send(free, { text: "y", channel: ["#two"] })).status).toBe(200);
    expect([await texts("one"), await texts("two")]).toEqual([[], ["y"]]);
  });

  it("take a form with a JSON payload, and say what is wrong with a bad one", async () => {
    const one = await hook({ channel: "#one" });
    expect((await send(one, `payload=${encodeURIComponent('{"text":"formed"}')}`, true)).status).toBe(200);
    expect(await texts("one")).toEqual(["formed"]);
    expect((await send(one, "payload=%7Bbroken", true)).status).toBe(400);
  });

  it("are never limited, and say so", async () => {
    const one = await hook({ channel: "#one" });
    const answers = await Promise.all(Array.from({ length: 15 }, (_, n) => send(one, { text: `${n}` })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers[14]?.headers.get("x-ratelimit-remaining")).toBe("Infinity");
  });

  it("don't answer to another's token", async () => {
    const [one, two] = [await hook({ channel: "#one" }), await hook({ channel: "#two" })];
    const answer = await send({ _id: one._id, token: two.token }, { text: "x" });
    expect([answer.status, await answer.text()]).toEqual([500, "Internal Server Error"]);
    expect(await texts("one")).toEqual([]);
  });

  it("go on for a renamed user and stop for a deleted one", async () => {
    const one = await hook({ channel: "#one" });
    const { _id: userId } = await server.reader.user("poster");
    await server.reader.post("users.update", { userId, data: { username: "poster2" } });
    expect((await send(one, { text: "still here" })).status).toBe(200);
    await server.reader.post("users.delete", { userId, confirmRelinquish: true });
    expect((await send(one, { text: "gone" })).status).toBe(401);
  });
});
