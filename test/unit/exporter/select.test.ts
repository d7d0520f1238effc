import { describe, expect, it } from "vitest";
import { selectionOf } from "../../../provider/exporter/select.ts";
import { handlers } from "../../../provider/kinds/handlers.ts";

const kind = (name: string) => handlers.get(name)!;

describe("what is exported", () => {
  it("is every kind that need not be asked for, when nothing is said", () => {
    const { has, reason } = selectionOf([], []);
    expect(has(kind("User"))).toBe(true);
    expect(has(kind("Message"))).toBe(false);
    expect(reason(kind("Message"))).toContain("--include messages");
    expect(has(kind("PersonalAccessToken"))).toBe(false);
  });

  it("is what --include names, by kind or section, with or without a pattern", () => {
    const { has, hasObject } = selectionOf(["users:ci-*", "Message", "channelMembers:general/?"], []);
    expect(has(kind("Channel"))).toBe(false);
    expect(has(kind("Message"))).toBe(true);
    expect(hasObject(kind("User"), "ci-1")).toBe(true);
    expect(hasObject(kind("User"), "alice")).toBe(false);
    expect(hasObject(kind("ChannelMember"), "general/b")).toBe(true);
    expect(hasObject(kind("ChannelMember"), "general/bob")).toBe(false);
  });

  it("is without what --exclude names, whatever was included", () => {
    const { has, hasObject } = selectionOf(["*"], ["settings", "users:a.b"]);
    expect(has(kind("Setting"))).toBe(false);
    expect(has(kind("Reaction"))).toBe(true);
    expect(hasObject(kind("User"), "a.b")).toBe(false);
    expect(hasObject(kind("User"), "axb")).toBe(true);
  });

  it("never holds what can't be exported, even when asked for", () => {
    const { has, reason } = selectionOf(["personalAccessTokens"], []);
    expect(has(kind("PersonalAccessToken"))).toBe(false);
    expect(reason(kind("PersonalAccessToken"))).toContain("told once");
  });

  it("refuses a kind that there is not, with the near name", () => {
    expect(() => selectionOf(["chanels"], [])).toThrow(
      '--include chanels: there is no kind "chanels"; did you mean "channels"?',
    );
  });
});
