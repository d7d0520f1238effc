/** What must be true on the server of what a program declares, seen from outside, beside the objects being there. */
import { type Declarations, Expression } from "../programs.ts";
import type { Reader } from "../reader.ts";
import type { Operation } from "./worlds.ts";

/** One sentence for each that is not as it should be. */
export async function broken({ verb, before, after }: Operation, reader: Reader): Promise<string[]> {
  const found: string[] = [];
  const expect = (what: string, actual: unknown, wanted: unknown) => {
    if (actual !== wanted) found.push(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
  };
  // A refresh changes nothing there: what was changed by hand stays so.
  if (verb === "refresh") return found;
  for (const { kind, args } of Object.values(after)) {
    if (kind === "Setting") expect(`${args.settingId}`, await reader.setting(String(args.settingId)), args.value);
    if (kind === "Channel") expect(`topic of ${args.name}`, (await reader.room(String(args.name))).topic, args.topic);
    if (kind === "User") {
      const user = await reader.user(String(args.username));
      expect(`name of ${args.username}`, user.name, args.name);
      if (args.statusText !== undefined) expect(`status of ${args.username}`, user.statusText, args.statusText);
    }
    if (kind === "ChannelMember") {
      const [room, person] = [resolved(args.channel, after, "name"), resolved(args.username, after, "username")];
      expect(`${person} in ${room}`, (await reader.members(room)).includes(person), true);
    }
  }
  const settings = (declarations: Declarations) =>
    Object.values(declarations).flatMap(({ kind, args }) => (kind === "Setting" ? [args] : []));
  for (const { settingId, value } of settings(before)) {
    if (settings(after).some((other) => other.settingId === settingId)) continue;
    const now = await reader.setting(String(settingId));
    if (now === value) found.push(`${settingId} still is ${JSON.stringify(value)}, though it is no longer declared`);
  }
  return found;
}

/** The property that another resource's declaration has, whichever of its properties is referred to. */
function resolved(value: unknown, declarations: Declarations, property: string): string {
  if (!(value instanceof Expression)) return String(value);
  return String(declarations[value.text.split(".")[0] ?? ""]?.args[property]);
}
