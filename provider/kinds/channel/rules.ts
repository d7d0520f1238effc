/** What can be said of a Channel's inputs without a server: the form they are stored in, and what excludes what. */
import { isUnknown } from "../../engine/schema.ts";
import { type ChannelInputs, PEOPLE_INPUTS } from "./schema.ts";

const without = (mark: string, value: string): string => {
  const trimmed = value.trim();
  return trimmed.startsWith(mark) ? trimmed.slice(mark.length) : trimmed;
};

export function normalize(inputs: ChannelInputs): ChannelInputs {
  const normal: ChannelInputs = { ...inputs };
  if (!isUnknown(inputs.name)) normal.name = without("#", inputs.name);
  for (const key of PEOPLE_INPUTS) {
    const list = inputs[key];
    if (Array.isArray(list))
      normal[key] = [...new Set(list.map((user) => (isUnknown(user) ? user : without("@", user))))];
  }
  return normal;
}

export function validate(inputs: Partial<ChannelInputs>): { path: string; reason: string }[] {
  const failures: { path: string; reason: string }[] = [];
  const isPublic = inputs.private === undefined || inputs.private === false;
  if (inputs.broadcast === true && inputs.readOnly === false) {
    failures.push({
      path: "readOnly",
      reason: "a broadcast room is always read-only; leave readOnly out, or broadcast",
    });
  }
  if (inputs.encrypted === true && isPublic) {
    failures.push({
      path: "encrypted",
      reason: "only private rooms can be encrypted; set private: true, or leave encrypted out",
    });
  }
  if (inputs.teams !== undefined && inputs.private === true) {
    failures.push({
      path: "teams",
      reason: "the server adds teams to public rooms only; list their people in members",
    });
  }
  if (
    inputs.excludeSelf === true &&
    inputs.teams === undefined &&
    PEOPLE_INPUTS.every((key) => inputs[key] === undefined || inputs[key]?.length === 0)
  ) {
    failures.push({
      path: "excludeSelf",
      reason: "the server makes no room without members; list somebody in owners or members",
    });
  }
  return failures;
}
