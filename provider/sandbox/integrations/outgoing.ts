/** Creates and updates outgoing integrations, as the caller. Knows no route. */
import { meteorError } from "../core/failure.ts";
import { objectId } from "../core/ids.ts";
import type { IntegrationDoc, UserDoc } from "../core/state.ts";
import { type Actor, allowed, shortRefOf, userByName } from "../rooms/actor.ts";
import { touch } from "../rooms/system-message.ts";
import { mayManage } from "./rights.ts";
import { compileScript } from "./script.ts";
import { demandMarks, demandTargets, splitNames } from "./target-names.ts";

type Body = Record<string, unknown>;

interface EventUse {
  channel: boolean;
  triggerWords: boolean;
  targetRoom: boolean;
}

const use = (channel: boolean, triggerWords = false, targetRoom = false): EventUse => ({
  channel,
  triggerWords,
  targetRoom,
});

const EVENTS: Record<string, EventUse> = {
  sendMessage: use(true, true),
  fileUploaded: use(true),
  roomArchived: use(false),
  roomCreated: use(false),
  roomJoined: use(true),
  roomLeft: use(true),
  userCreated: use(false, false, true),
};

const blank = (value: unknown): boolean => typeof value !== "string" || value.trim() === "";

interface Judged {
  names: string[];
  poster: UserDoc;
  members: Body;
}

/** Throws the server's own refusals; returns the members to store. */
function judge(actor: Actor, body: Body): Judged {
  const required = { function: "validateOutgoing._verifyRequiredFields" };
  const event = EVENTS[String(body.event)];
  if (!event) throw meteorError("error-invalid-event-type", "Invalid event type", required);
  if (blank(body.username)) throw meteorError("error-invalid-username", "Invalid username", required);
  if (event.targetRoom && blank(body.targetRoom)) {
    throw meteorError("error-invalid-targetRoom", "Invalid Target Room", required);
  }
  const urls = Array.isArray(body.urls) ? body.urls.filter((url) => !blank(url)) : [];
  if (urls.length === 0) throw meteorError("error-invalid-urls", "Invalid URLs", required);
  const details = { function: "validateOutgoing" };
  if (!event.channel && !allowed(actor, "manage-outgoing-integrations")) {
    throw meteorError("error-invalid-permissions", "Invalid permission for required Integration creation.", details);
  }
  const names = event.channel && !blank(body.channel) ? splitNames(String(body.channel)) : [];
  demandMarks(names, "outgoing", details);
  const poster = userByName(actor, String(body.username));
  if (!poster) throw meteorError("error-invalid-user", "Invalid user (did you delete the `rocket.cat` user?)", details);
  demandTargets(actor, names, "outgoing", { function: "validateOutgoing._verifyUserHasPermissionForChannels" });
  const { triggerWords, ...rest } = body;
  const retries = body.retryFailedCalls === true && {
    retryCount: typeof body.retryCount === "number" && body.retryCount > 0 ? body.retryCount : 4,
    retryDelay: blank(body.retryDelay) ? "powers-of-ten" : body.retryDelay,
  };
  const members = {
    ...rest,
    ...(event.triggerWords && triggerWords !== undefined && { triggerWords }),
    urls,
    ...retries,
  };
  return { names, poster, members };
}

export function createOutgoing(actor: Actor, body: Body): IntegrationDoc {
  if (!mayManage(actor, "outgoing")) throw meteorError("not_authorized");
  const { names, poster, members } = judge(actor, body);
  const now = actor.clock.now();
  const integration: IntegrationDoc = {
    ...(members as Pick<IntegrationDoc, "name" | "enabled">),
    _id: objectId(),
    type: "webhook-outgoing",
    channel: names,
    scriptEngine: body.scriptEngine ?? "isolated-vm",
    username: poster.username,
    userId: poster._id,
    _createdAt: now,
    _createdBy: shortRefOf(actor.user),
    ...(body.scriptEnabled === true && compileScript(body.script)),
    ...(actor.is8 && { skipTranspile: body.skipTranspile ?? false }),
    _updatedAt: now,
  };
  actor.state.integrations[integration._id] = integration;
  return integration;
}

/** An update replaces these: what is left out becomes null. */
const REPLACED = [
  "event",
  "enabled",
  "name",
  "avatar",
  "emoji",
  "alias",
  "targetRoom",
  "impersonateUser",
  "urls",
  "token",
  "script",
  "scriptEnabled",
  "triggerWords",
  "retryFailedCalls",
  "retryCount",
  "retryDelay",
  "triggerWordAnywhere",
  "runOnEdits",
] as const;

export function updateOutgoing(actor: Actor, integration: IntegrationDoc, body: Body): void {
  const details = { method: "updateOutgoingIntegration" };
  const { names, poster, members } = judge(actor, body);
  if (blank(body.token)) throw meteorError("error-invalid-token", "Invalid token", details);
  if (!mayManage(actor, "outgoing")) throw meteorError("not_authorized", "Unauthorized", details);
  for (const key of REPLACED) Object.assign(integration, { [key]: members[key] ?? null });
  for (const key of ["scriptEngine", "skipTranspile"]) if (body[key] !== undefined) integration[key] = body[key];
  const compiled = body.scriptEnabled === true ? compileScript(body.script) : undefined;
  delete integration.scriptCompiled;
  delete integration.scriptError;
  Object.assign(
    integration,
    compiled?.scriptCompiled !== undefined ? compiled : { scriptError: compiled?.scriptError ?? null },
  );
  Object.assign(integration, {
    channel: names,
    username: poster.username,
    userId: poster._id,
    _updatedBy: shortRefOf(actor.user),
  });
  touch(actor, integration);
}
