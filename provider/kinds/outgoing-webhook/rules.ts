/** What can be said of an outgoing webhook's inputs without a server. */
import { isUnknown } from "../../engine/schema.ts";
import { targetsOf } from "../base/webhook.ts";
import type { OutgoingWebhookInputs } from "./schema.ts";

/** Events that take no channel. */
const EVERYWHERE: readonly string[] = ["roomArchived", "roomCreated", "userCreated"];

export const takesChannel = (event: string): boolean => !EVERYWHERE.includes(event);
export const takesTriggerWords = (event: string): boolean => event === "sendMessage";

const ALL = /^all_(public_channels|private_groups|direct_messages)$/;

export function normalize(inputs: OutgoingWebhookInputs): OutgoingWebhookInputs {
  return inputs.channel === undefined || isUnknown(inputs.channel)
    ? inputs
    : { ...inputs, channel: targetsOf(inputs.channel) };
}

export function validate(inputs: Partial<OutgoingWebhookInputs>): { path: string; reason: string }[] {
  const failures: { path: string; reason: string }[] = [];
  const { event, channel, targetRoom, triggerWords } = inputs;
  const targets = channel === undefined || isUnknown(channel) ? [] : targetsOf(channel);
  if (!targets.every((target) => isUnknown(target) || /^[#@]./.test(target) || ALL.test(target))) {
    failures.push({
      path: "channel",
      reason:
        'each entry must start with "#" (a room\'s name) or "@" (a username), or be all_public_channels, all_private_groups or all_direct_messages',
    });
  }
  if (targetRoom && !isUnknown(targetRoom) && !/^[#@]./.test(targetRoom)) {
    failures.push({ path: "targetRoom", reason: 'must start with "#" (a room\'s name) or "@" (a username)' });
  }
  if (event === undefined || isUnknown(event)) return failures;
  if (targets.length > 0 && !takesChannel(event)) {
    failures.push({ path: "channel", reason: `the event ${event} belongs to no channel; leave channel out` });
  }
  if (triggerWords !== undefined && triggerWords.length > 0 && !takesTriggerWords(event)) {
    failures.push({
      path: "triggerWords",
      reason: `the server drops them for the event ${event}; they count for sendMessage only`,
    });
  }
  if (event === "userCreated" && !targetRoom) {
    failures.push({ path: "targetRoom", reason: 'the event userCreated needs a target: "#room" or "@person"' });
  }
  return failures;
}
