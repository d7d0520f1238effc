import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError, NetworkError, UnexpectedResponseError } from "../../../provider/errors.ts";
import { sendToWebhook } from "../../../provider/webhooks/send.ts";
import { startServer, type TestServer } from "../../support/server.ts";

interface Hook {
  _id: string;
  token: string;
  url: string;
}

let server: TestServer;
let hook: Hook;

beforeEach(async () => {
  server = await startServer();
  const { integration } = await server.reader.post("integrations.create", {
    type: "webhook-incoming",
    name: "alerts",
    enabled: true,
    username: "rocket.cat",
    channel: "#general",
    scriptEnabled: false,
  });
  const { _id, token } = integration as Omit<Hook, "url">;
  hook = { _id, token, url: `${server.url}/hooks/${_id}/${token}` };
});
afterEach(() => server.close());

const texts = async () => {
  const { messages } = await server.reader.get("channels.messages?roomId=GENERAL");
  return (messages as { msg: string; t?: string }[]).filter(({ t }) => t === undefined).map(({ msg }) => msg);
};

/** Everything that could be printed of it. */
const shown = (error: unknown) => inspect(error, { depth: 10, showHidden: true }) + String((error as Error).stack);

describe("sendToWebhook", () => {
  it("posts one message", async () => {
    const payload = { text: "Deployed", alias: "CI", icon_emoji: ":rocket:", attachments: [{ title: "Log" }] };
    expect(await sendToWebhook(hook.url, payload)).toEqual({ delivered: true, answer: undefined });
    expect(await texts()).toEqual(["Deployed"]);
  });

  it("tells what the server answers", async () => {
    expect(await sendToWebhook(hook.url, { text: "x", channel: "#elsewhere" })).toEqual({
      delivered: false,
      reason: "refused",
      message: "overriding destination channel is disabled for this integration",
    });
    expect(await sendToWebhook(`${server.url}/hooks/${hook._id}/wrong`, { text: "x" })).toMatchObject({
      delivered: false,
      reason: "unknown",
    });
    await server.reader.call("PUT", "integrations.update", {
      type: "webhook-incoming",
      integrationId: hook._id,
      name: "alerts",
      enabled: false,
      channel: "#general",
      scriptEnabled: false,
    });
    expect(await sendToWebhook(hook.url, { text: "x" })).toMatchObject({ delivered: false, reason: "disabled" });
    expect(await texts()).toEqual([]);
  });

  it.each([
    [{}, "text: must not be empty, unless there are attachments"],
    [{ text: "  ", attachments: [] }, "text: must not be empty"],
    [{ txt: "x" }, 'txt: no such argument; did you mean "text"?'],
    [{ text: 1 }, "text: must be a string"],
    [{ text: "x", attachments: [{ title_link: "/here" }] }, "attachments[0].title_link: must be a valid url"],
    [{ text: "x", channel: "#a", roomId: "b" }, "roomId: give either channel or roomId"],
  ])("refuses %j and sends nothing", async (payload, reason) => {
    await server.forget();
    const failure = await sendToWebhook(hook.url, payload as object).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as Error).message).toContain(reason);
    expect(await server.calls()).toEqual({});
  });

  it("refuses what is no webhook's address, without showing it", async () => {
    for (const url of [
      "nonsense-S3cret",
      `${server.url}/S3cret`,
      "ftp://a/hooks/b/S3cret",
      "http://a.test/hooks/b/S3cret",
    ]) {
      const failure = await sendToWebhook(url, { text: "x" }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(InputError);
      expect(shown(failure)).not.toContain("S3cret");
    }
  });

  it("keeps the token out of what it throws", async () => {
    await server.close();
    const refused = await sendToWebhook(hook.url, { text: "x" }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ maybeSent: false });
    expect(refused).toBeInstanceOf(NetworkError);
    const proxy = createServer((_request, response) => {
      response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad gateway</html>");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = proxy.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/hooks/${hook._id}/${hook.token}`;
      const strange = await sendToWebhook(url, { text: "x" }).catch((error: unknown) => error);
      expect(strange).toBeInstanceOf(UnexpectedResponseError);
      for (const error of [refused, strange]) expect(shown(error)).not.toContain(hook.token);
    } finally {
      proxy.close();
      server = await startServer();
    }
  });
});
