import { describe, expect, it } from "vitest";
import type { Client } from "../../../../provider/client/client.ts";
import { UNKNOWN } from "../../../../provider/engine/schema.ts";
import { PermissionError } from "../../../../provider/errors.ts";
import { explained, targetsOf } from "../../../../provider/kinds/base/webhook.ts";

const CODE = "error-user-lacks-message-impersonate-permission";
const refusal = () => new PermissionError("refused", { operation: "x", request: "POST /x", errorType: CODE });

const clientWith = (roles: string[]) =>
  ({
    url: "http://127.0.0.1:1",
    call: async () => ({ user: { _id: "u1", username: "bot", roles } }),
  }) as unknown as Client;

describe("a poster that lacks the right to post under other names", () => {
  it("is tried again when it has the role by now: the server caches roles for a second", async () => {
    let calls = 0;
    const write = async () => {
      calls++;
      if (calls === 1) throw refusal();
      return "made";
    };
    expect(await explained(clientWith(["bot"]), "hook", { username: "bot", channel: [] }, write)).toBe("made");
    expect(calls).toBe(2);
  });

  it("is refused at once when it has no such role", async () => {
    let calls = 0;
    const write = async () => {
      calls++;
      throw refusal();
    };
    await expect(explained(clientWith(["user"]), "hook", { username: "bot", channel: [] }, write)).rejects.toThrow(
      /hook: .*"bot" lacks/,
    );
    expect(calls).toBe(1);
  });
});

describe("targets", () => {
  it.each([
    ["#a", ["#a"]],
    [" #a , @b,,#a", ["#a", "@b"]],
    [
      ["#a,#b", "@c", UNKNOWN],
      ["#a", "#b", "@c", UNKNOWN],
    ],
    ["", []],
    [undefined, []],
  ])("of %j are %j", (given, list) => {
    expect(targetsOf(given)).toEqual(list);
  });
});
