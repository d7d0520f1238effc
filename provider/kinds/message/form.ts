/** A live message in the form of inputs. Pure. */
import { isDeepStrictEqual } from "node:util";
import type { ApiMessage } from "../../client/api/messages.ts";
import { type Attachment, attachment } from "../base/attachment.ts";
import type { MessageInputs } from "./schema.ts";

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** The live value without what the server added beside what was declared (parsed texts, sizes). */
function narrowed(declared: unknown, live: unknown): unknown {
  if (Array.isArray(declared) && Array.isArray(live) && declared.length === live.length)
    return live.map((value, index) => narrowed(declared[index], value));
  if (!isObject(declared) || !isObject(live)) return live;
  const kept = Object.entries(live).filter(([key]) => key in declared);
  return Object.fromEntries(kept.map(([key, value]) => [key, narrowed(declared[key], value)]));
}

/** As declared while only the server added to them; else what can be declared of them as they are now. */
function attachmentsOf(declared: unknown, live: readonly unknown[]): Attachment[] {
  const own = narrowed(declared, live);
  if (declared === undefined || isDeepStrictEqual(own, declared)) return own as Attachment[];
  const known = (one: unknown) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).filter(([key]) => key in attachment.shape)) : one;
  return live.map(known) as Attachment[];
}

export const fromApi = (live: ApiMessage, declared: Partial<MessageInputs>) => ({
  text: live.msg ?? "",
  threadMessageId: live.tmid ?? "",
  alias: live.alias ?? "",
  emoji: live.emoji ?? "",
  avatar: live.avatar ?? "",
  attachments: attachmentsOf(declared.attachments, live.attachments ?? []),
  customFields: live.customFields ?? {},
  pinned: live.pinned ?? false,
});

/** The emoji that one account reacts with, as ":name:". */
export const reactionsOf = (live: ApiMessage, username: string): string[] =>
  Object.entries(live.reactions ?? {}).flatMap(([emoji, { usernames }]) =>
    usernames.includes(username) ? [emoji] : [],
  );
