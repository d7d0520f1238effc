/** `/hooks/…`: what incoming integrations take from outside, with the token in the address in place of a login. */
import { failure, notLoggedIn, Refusal, type Reply, refuse } from "../core/failure.ts";
import { limitHeaders } from "../core/rate-limit.ts";
import { type Call, type Route, reply } from "../core/route.ts";
import type { IntegrationDoc, UserDoc } from "../core/state.ts";
import { targetRoom } from "../messages/target.ts";
import { postWebhookMessage } from "../messages/webhook-message.ts";
import type { Actor } from "../rooms/actor.ts";
import { settingNumber } from "../settings/read.ts";

function integrationOf({ state, params }: Call): IntegrationDoc {
  const integration = state.integrations[params.integrationId ?? ""];
  if (integration?.type === "webhook-incoming" && integration.token === params.token) return integration;
  throw refuse({ status: 500, text: "Internal Server Error", contentType: "text/plain; charset=UTF-8" });
}

/** The body, or the JSON inside its form field `payload`. */
function payloadOf({ body }: Call): Record<string, unknown> {
  if (typeof body.payload !== "string" || Object.keys(body).length > 1) return body;
  try {
    return JSON.parse(body.payload) as Record<string, unknown>;
  } catch (error) {
    throw failure((error as Error).message);
  }
}

function targetsOf(integration: IntegrationDoc, payload: Record<string, unknown>): unknown[] {
  const override = payload.channel ?? payload.roomId;
  if (override === undefined || override === "") return integration.channel;
  if (integration.overrideDestinationChannelEnabled !== true) {
    throw failure("overriding destination channel is disabled for this integration");
  }
  return Array.isArray(override) ? override : [override];
}

function deliver(call: Call, integration: IntegrationDoc, user: UserDoc): void {
  if (!integration.enabled) throw refuse({ status: 503, json: { success: false, error: "Service Unavailable" } });
  const payload = payloadOf(call);
  if (Object.keys(payload).length === 0) return;
  const actor: Actor = { ...call, user };
  const text = (key: string) => (typeof integration[key] === "string" ? (integration[key] as string) : undefined);
  for (const target of targetsOf(integration, payload)) {
    const room = targetRoom(actor, String(target));
    if (!room) throw failure("invalid-channel");
    postWebhookMessage(actor, room, payload, {
      alias: text("alias"),
      avatar: text("avatar"),
      emoji: text("emoji"),
      bot: { i: integration._id },
    });
  }
}

/** The limiter's headers are there, but never run out. */
function headersOf({ state }: Call): Record<string, string> {
  const calls = settingNumber(state, "API_Enable_Rate_Limiter_Limit_Calls_Default");
  const ms = settingNumber(state, "API_Enable_Rate_Limiter_Limit_Time_Default");
  const allowed = { allowed: true, limit: calls, remaining: Number.POSITIVE_INFINITY, reset: Date.now() + ms };
  return limitHeaders(allowed);
}

function take(call: Call) {
  const integration = integrationOf(call);
  const user = call.state.users[integration.userId];
  if (!user) throw notLoggedIn();
  const headers = headersOf(call);
  const answer = (whole: Reply) => reply({ ...whole, headers });
  try {
    deliver(call, integration, user);
    return answer({ status: 200, json: { success: true } });
  } catch (error) {
    if (error instanceof Refusal) return answer(error.reply);
    throw error;
  }
}

export const hookRoutes: readonly Route[] = (["GET", "POST"] as const).flatMap((method): Route[] => [
  { method, path: "/hooks/:integrationId/:token", auth: false, rateLimit: false, writes: true, handler: take },
  { method, path: "/hooks/:integrationId/:userId/:token", auth: false, rateLimit: false, writes: true, handler: take },
]);
