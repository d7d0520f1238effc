/** The bodies of the calls on integrations, as both releases check them. Knows no rule beyond shape. */
import { flag, number, open, type Schema, strict, text } from "../core/validate.ts";

const words: Schema = { type: "array", items: { type: "string", minLength: 1 } };
const incomingType: Schema = { type: "string", pattern: "webhook-incoming" };
const outgoingType: Schema = { type: "string", pattern: "webhook-outgoing" };

const COMMON: Record<string, Schema> = {
  username: text,
  channel: text,
  scriptEnabled: flag,
  script: text,
  name: text,
  enabled: flag,
  alias: text,
  avatar: text,
  emoji: text,
  scriptEngine: text,
  skipTranspile: flag,
};

const INCOMING: Record<string, Schema> = { type: incomingType, ...COMMON, overrideDestinationChannelEnabled: flag };

const OUTGOING: Record<string, Schema> = {
  type: outgoingType,
  ...COMMON,
  event: text,
  targetRoom: text,
  urls: words,
  triggerWords: words,
  triggerWordAnywhere: flag,
  token: text,
  impersonateUser: flag,
  runOnEdits: flag,
  retryFailedCalls: flag,
  retryCount: number,
  retryDelay: text,
};

const OUTGOING_REQUIRED = ["type", "username", "channel", "event", "scriptEnabled", "name", "enabled"];

export const createBody: Schema = {
  oneOf: [
    strict(INCOMING, ["type", "username", "channel", "scriptEnabled", "name", "enabled"]),
    strict(OUTGOING, OUTGOING_REQUIRED),
  ],
};

export const updateBody: Schema = {
  oneOf: [
    open({ ...INCOMING, integrationId: text }, [
      "integrationId",
      "type",
      "channel",
      "scriptEnabled",
      "name",
      "enabled",
    ]),
    strict({ ...OUTGOING, integrationId: text, target_url: text }, OUTGOING_REQUIRED),
  ],
};

/** The releases don't compare the type with the integration's own. */
export const removeBody: Schema = {
  oneOf: [
    open({ type: incomingType, integrationId: text }, ["type", "integrationId"]),
    open({ type: outgoingType, target_url: text }, ["type", "target_url"]),
    open({ type: outgoingType, integrationId: text }, ["type", "integrationId"]),
  ],
};
