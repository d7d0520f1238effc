/** Invite links of rooms. */
import { failure, meteorError } from "../core/failure.ts";
import { randomText } from "../core/ids.ts";
import { subscriptionOf } from "../core/lookups.ts";
import { bare, type Call, may, type Route } from "../core/route.ts";
import type { InviteDoc } from "../core/state.ts";
import { number, strict, text } from "../core/validate.ts";
import { addToRoom } from "../rooms/subscribe.ts";

const DAYS = [0, 1, 7, 15, 30];
const USES = [0, 1, 5, 10, 25, 50, 100];
const PERMISSION = "create-invite-links";

function demandRight(call: Call, roomId?: string): void {
  if (!may(call, PERMISSION, roomId)) throw meteorError("not_authorized");
}

function link(call: Call, invite: InviteDoc): string {
  const host = encodeURIComponent(new URL(call.siteUrl).host);
  return `https://go.rocket.chat/invite?host=${host}&path=${encodeURIComponent(`invite/${invite._id}`)}&secure=no`;
}

const alive = (call: Call, invite: InviteDoc): boolean =>
  (invite.expires === null || Date.parse(invite.expires) > call.clock.ms()) &&
  (invite.maxUses === 0 || invite.uses < invite.maxUses);

function findOrCreate(call: Call) {
  const { rid, days, maxUses } = call.body as { rid: string; days: number; maxUses: number };
  demandRight(call, rid);
  if (!subscriptionOf(call.state, call.user._id, rid)) {
    const details = { method: "findOrCreateInvite", field: "rid" };
    throw meteorError("error-invalid-room", "The rid field is invalid", details);
  }
  if (!DAYS.includes(days)) {
    const reason = "Invite should expire in 1, 7, 15 or 30 days, or send 0 to never expire.";
    throw meteorError("invalid-number-of-days", reason);
  }
  if (!USES.includes(maxUses)) {
    const reason = "Invite should be valid for 1, 5, 10, 25, 50, 100 or infinite (0) uses.";
    throw meteorError("invalid-number-of-uses", reason);
  }
  const same = (invite: InviteDoc): boolean =>
    invite.rid === rid && invite.userId === call.user._id && invite.days === days && invite.maxUses === maxUses;
  let invite = Object.values(call.state.invites).find((known) => same(known) && alive(call, known));
  if (!invite) {
    const createdAt = call.clock.now();
    const expires = days === 0 ? null : new Date(call.clock.ms() + days * 86_400_000).toISOString();
    const _id = randomText(6);
    invite = { _id, days, maxUses, rid, userId: call.user._id, createdAt, expires, uses: 0, _updatedAt: createdAt };
    call.state.invites[_id] = invite;
  }
  return { ...invite, url: link(call, invite) };
}

function valid(call: Call): InviteDoc | undefined {
  const invite = call.state.invites[call.body.token as string];
  return invite && alive(call, invite) && call.state.rooms[invite.rid] ? invite : undefined;
}

function use(call: Call) {
  const invite = valid(call);
  const room = invite && call.state.rooms[invite.rid];
  if (!invite || !room) {
    const details = { method: "validateInviteToken", field: "token" };
    throw meteorError("error-invalid-token", "The invite token is invalid.", details);
  }
  if (!subscriptionOf(call.state, call.user._id, room._id)) {
    addToRoom(call, room, call.user);
    invite.uses++;
    invite._updatedAt = call.clock.now();
  }
  const { _id: rid, fname, name, t } = room;
  return { room: { rid, fname, name, t } };
}

function remove(call: Call) {
  demandRight(call);
  const id = call.params._id!;
  if (!call.state.invites[id])
    throw meteorError("invalid-invitation-id", "Invalid Invitation _id", { method: "removeInvite" });
  delete call.state.invites[id];
  return bare(true);
}

export const inviteRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/findOrCreateInvite",
    body: strict({ rid: text, days: number, maxUses: number }, ["rid", "days", "maxUses"]),
    invalid: (message, call) => failure(message, call.is8 ? "invalid-params" : "error-invalid-params"),
    handler: findOrCreate,
  },
  {
    method: "GET",
    path: "/api/v1/listInvites",
    handler: (call) => {
      demandRight(call);
      return bare(Object.values(call.state.invites).map((invite) => ({ ...invite, url: "" })));
    },
  },
  { method: "DELETE", path: "/api/v1/removeInvite/:_id", handler: remove },
  { method: "POST", path: "/api/v1/useInviteToken", body: strict({ token: text }, ["token"]), handler: use },
  {
    method: "POST",
    path: "/api/v1/validateInviteToken",
    auth: false,
    body: strict({ token: text }, ["token"]),
    handler: (call) => ({ valid: valid(call) !== undefined }),
  },
];
