/** Creates and updates incoming integrations, as the caller. Knows no route. */
import { meteorError } from "../core/failure.ts";
import { objectId, randomText } from "../core/ids.ts";
import { hasPermission } from "../core/permissions.ts";
import type { IntegrationDoc, UserDoc } from "../core/state.ts";
import { type Actor, shortRefOf, userByName } from "../rooms/actor.ts";
import { touch } from "../rooms/system-message.ts";
import { mayManage } from "./rights.ts";
import { compileScript } from "./script.ts";
import { demandMarks, demandTargets, splitNames } from "./target-names.ts";

type Body = Record<string, unknown>;

const blank = (value: unknown): boolean => typeof value !== "string" || value.trim() === "";

function demandRight(actor: Actor, details: object): void {
  if (!mayManage(actor, "incoming")) throw meteorError("not_authorized", "Unauthorized", details);
}

/** The releases differ in how the poster gets its right to post under another name. */
function letPost(actor: Actor, poster: UserDoc, details: object): void {
  if (!actor.is8) {
    if (poster.roles.includes("bot")) return;
    poster.roles = [...poster.roles, "bot"];
    touch(actor, poster);
    return;
  }
  if (hasPermission(actor.state, poster, "message-impersonate")) return;
  const reason = "User selected for the incoming integration lacks the 'message-impersonate' permission.";
  throw meteorError("error-user-lacks-message-impersonate-permission", reason, details);
}

export function createIncoming(actor: Actor, body: Body): IntegrationDoc {
  const details = { method: "addIncomingIntegration" };
  demandRight(actor, details);
  if (blank(body.channel)) throw meteorError("error-invalid-channel", "Invalid channel", details);
  if (blank(body.username)) throw meteorError("error-invalid-username", "Invalid username", details);
  const names = splitNames(String(body.channel));
  // the server names its other method here
  demandMarks(names, "incoming", { method: "updateIncomingIntegration" });
  const poster = userByName(actor, String(body.username));
  if (!poster) throw meteorError("error-invalid-user", "Invalid user", details);
  demandTargets(actor, names, "incoming", details);
  letPost(actor, poster, details);
  const now = actor.clock.now();
  const integration: IntegrationDoc = {
    ...(body as Pick<IntegrationDoc, "name" | "enabled">),
    _id: objectId(),
    type: "webhook-incoming",
    scriptEngine: body.scriptEngine ?? "isolated-vm",
    ...(actor.is8 && { skipTranspile: body.skipTranspile ?? false }),
    channel: names,
    overrideDestinationChannelEnabled: body.overrideDestinationChannelEnabled ?? false,
    token: randomText(48),
    username: poster.username,
    userId: poster._id,
    _createdAt: now,
    _createdBy: shortRefOf(actor.user),
    ...(body.scriptEnabled === true && compiledAtCreation(actor, body.script)),
    _updatedAt: now,
  };
  actor.state.integrations[integration._id] = integration;
  return integration;
}

/** Release 7.7.1 stores the absence of an error as null. */
function compiledAtCreation(actor: Actor, script: unknown): object | undefined {
  const compiled = compileScript(script);
  return compiled && { ...(!actor.is8 && { scriptError: null }), ...compiled };
}

const KEPT = ["alias", "avatar", "emoji", "script"] as const;

export function updateIncoming(actor: Actor, integration: IntegrationDoc, body: Body): void {
  const details = { method: "updateIncomingIntegration" };
  if (blank(body.channel)) throw meteorError("error-invalid-channel", "Invalid channel", details);
  const names = splitNames(String(body.channel));
  demandMarks(names, "incoming", details);
  demandRight(actor, details);
  demandTargets(actor, names, "incoming", details);
  const poster = userByName(actor, String(body.username ?? integration.username));
  if (!poster) throw meteorError("error-invalid-post-as-user", "Invalid Post As User", details);
  letPost(actor, poster, details);
  for (const key of KEPT) {
    if (body[key] !== undefined) integration[key] = body[key];
    // release 7.7.1 loses what is left out
    else if (!actor.is8) integration[key] = null;
  }
  for (const key of ["scriptEngine", "overrideDestinationChannelEnabled"]) {
    if (body[key] !== undefined) integration[key] = body[key];
  }
  if (actor.is8 && body.skipTranspile !== undefined) integration.skipTranspile = body.skipTranspile;
  takeScript(integration, body.script);
  Object.assign(integration, {
    enabled: body.enabled,
    name: body.name,
    scriptEnabled: body.scriptEnabled,
    channel: names,
    username: poster.username,
    userId: poster._id,
    _updatedBy: shortRefOf(actor.user),
  });
  touch(actor, integration);
}

/** A blank script leaves what was compiled before. */
function takeScript(integration: IntegrationDoc, script: unknown): void {
  const compiled = compileScript(script);
  if (!compiled) return;
  delete integration.scriptCompiled;
  delete integration.scriptError;
  Object.assign(integration, compiled);
}
