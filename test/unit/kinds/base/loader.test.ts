/** The loader strings are part of the state format: a changed one would leave stacks behind that nobody can destroy. */
import { describe, expect, it } from "vitest";
import { loader, typeToken } from "../../../../provider/kinds/base/loader.ts";
import { handlers } from "../../../../provider/kinds/handlers.ts";
import { localHandlers } from "../../../../provider/kinds/local/handlers.ts";

const kinds = [...handlers.keys(), ...localHandlers.keys()];

/** Released texts, by kind. Add to it; never change a line. */
const FROZEN: Record<string, { type: string; text: string }> = Object.fromEntries(
  [
    ...["User", "Channel", "ChannelMember", "IncomingWebhook", "OutgoingWebhook", "PersonalAccessToken", "Setting"],
    ...["Role", "RoleMember", "Permission", "Invite", "Team", "TeamMember"],
    ...["GeneratedPassword", "ServerVersion"],
    ...["Message", "Reaction"],
    ...["OAuthApp", "CustomUserStatus", "CustomEmoji", "CustomSound", "CustomOAuthService", "FileUpload"],
  ].map((kind) => [
    kind,
    {
      type: `pulumi-nodejs:dynamic/rocketchat:${kind}`,
      text: `exports.handler=()=>require("pulumi-rocketchat/dynamic").forKind("${kind}",1)`,
    },
  ]),
);

describe("loader strings", () => {
  it("are the released ones, for every kind", () => {
    expect(Object.fromEntries(kinds.map((kind) => [kind, { type: typeToken(kind), text: loader(kind) }]))).toEqual(
      FROZEN,
    );
  });

  it("cost a resource at most 240 bytes, inputs and outputs together", () => {
    for (const kind of kinds) {
      const stored = JSON.stringify({ __provider: loader(kind) }).length - 2;
      expect(2 * stored).toBeLessThanOrEqual(240);
    }
  });
});
