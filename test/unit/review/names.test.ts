/** Names in the place of ids, in plans that both engines wrote of a program which refers by id. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../../provider/engine/schema.ts";
import { type Known, Names } from "../../../provider/review/names.ts";
import { readPreview } from "../../../provider/review/preview.ts";
import { asText } from "../../../provider/review/render/text.ts";
import { reportOf } from "../../../provider/review/report.ts";

const previews = path.join(import.meta.dirname, "../../fixtures/review/previews");
type Steps = { steps: { urn: string; newState?: { inputs?: Record<string, unknown> } }[] };
const load = (name: string) => JSON.parse(readFileSync(path.join(previews, `${name}.json`), "utf8")) as Steps;
const write = (document: unknown, known: readonly Known[] = []) =>
  asText(reportOf(readPreview(document, { known }).named, { subject: "a program" }));

/** Ids of both kinds that servers make. */
const ID = /\b[0-9a-f]{24}\b|\b(?=\w*[a-z])(?=\w*[A-Z])(?=\w*\d)[A-Za-z0-9]{17}\b|04da6b54/;
const type = (kind: string) => `pulumi-nodejs:dynamic/rocketchat:${kind}`;
const urn = (kind: string, name: string) => `urn:pulumi:dev::e2e::${type(kind)}::${name}`;
const room = (resource: string, id: unknown, name: string): Known => ({
  urn: urn("Channel", resource),
  type: type("Channel"),
  id: String(id),
  inputs: { name },
});
const inputOf = ({ steps }: Steps, resource: string, key: string): unknown =>
  steps.find((step) => step.urn.endsWith(`::${resource}`))?.newState?.inputs?.[key];

describe.each(["change-embedded", "change-cli"])("%s", (name) => {
  const plan = load(name);

  test("where the state is known, everything has its name on the server", () => {
    const known = [
      room("builds-room", inputOf(plan, "alice-in-builds", "channel"), "builds"),
      room("lobby-room", inputOf(plan, "bob-leads", "channel"), "lobby"),
    ];
    const text = write(plan, known);
    expect(text).not.toMatch(ID);
    expect(text).not.toMatch(/builds-room|lobby-room|ops-team/);
    expect(text).toContain("@bob is removed from #builds\n");
    expect(text).toContain("A link into #lobby stops working\n");
    expect(text).toContain('channel: "lobby" → "builds"\n');
    expect(text).toContain('rooms: - "lobby"\n');
    expect(text).toContain("@bob: role moderator in #lobby is given\n");
  });

  test("where it isn't, what it was taken from in the program", () => {
    const text = write(plan);
    expect(text).not.toMatch(ID);
    expect(text).toContain("@bob is removed from #builds-room\n");
  });
});

test("what a run will only find out has the name of what it will be found out from", () => {
  const text = write(load("create-embedded"));
  expect(text).not.toMatch(ID);
  expect(text).toContain('rooms: ["builds","lobby"]\n');
  expect(text).toContain('threadMessageId: "rules"\n');
  expect(text).toMatch(/ {2}#ops\n {4}\+ @carol joins\n/);
});

describe("without doubt only", () => {
  const id = "6b04d30962533562e1bbd574";
  const other = "6b04d30962533562e1bbd572";
  const [one, two] = [urn("Channel", "one"), urn("Channel", "two")];
  const names = new Names([room("one", id, "first")]);

  test.each<[why: string, kind: string, key: string, value: unknown, from: string[], stays: unknown]>([
    ["an id that the state knows", "Message", "channel", id, [], "first"],
    ["the same, inside of a value", "Setting", "value", [{ _id: id, name: "x" }], [], [{ _id: "first", name: "x" }]],
    ["an unknown value of one room", "Message", "channel", UNKNOWN, [one], "first"],
    ["an unknown value of two rooms", "Message", "channel", UNKNOWN, [one, two], UNKNOWN],
    ["an unknown value of something else", "Message", "channel", UNKNOWN, [urn("User", "bob")], UNKNOWN],
    ["an unknown text, which is no name", "Message", "text", UNKNOWN, [one], UNKNOWN],
    ["a team's main room", "Message", "channel", UNKNOWN, [urn("Team", "ops")], "ops"],
    ["of a list, what is left", "Team", "rooms", [id, UNKNOWN], [one, two], ["first", "two"]],
    ["two ids of which one came from nowhere", "Team", "rooms", [other, "6b04d30962533562e1bbd573"], [two], undefined],
    ["a name that looks like an id", "ChannelMember", "username", "abcdefghiJKLmnop1", [urn("User", "bob")], undefined],
    ["a name", "Message", "channel", "general", [two], undefined],
    [
      "a resource in a component",
      "Message",
      "channel",
      other,
      ["urn:pulumi:dev::e2e::my:Part$pulumi-nodejs:dynamic/rocketchat:Channel::two"],
      "two",
    ],
  ])("%s", (_why, kind, key, value, from, stays) => {
    expect(names.in(kind, { [key]: value }, { [key]: from })).toEqual({ [key]: stays ?? value });
  });
});
