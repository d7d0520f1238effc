/** Routes that make, show, archive and end rooms, the same for channels and groups but for their words. */
import { failure, meteorError, unauthorized } from "../core/failure.ts";
import type { Call, Route } from "../core/route.ts";
import { may } from "../core/route.ts";
import type { Schema } from "../core/validate.ts";
import { open, text } from "../core/validate.ts";
import { canAccess } from "../rooms/access.ts";
import { eraseRoom, setArchived } from "../rooms/archive.ts";
import { createRoom } from "../rooms/create.ts";
import { type Family, familyRoom } from "../rooms/family.ts";
import { roomView } from "../rooms/present.ts";

/** A room by id or by name, for the routes of which the release checks the body. */
export const namedRoom = (more: Record<string, Schema> = {}, required: readonly string[] = []): Schema => ({
  oneOf: [
    open({ roomId: text, ...more }, ["roomId", ...required]),
    open({ roomName: text, ...more }, ["roomName", ...required]),
  ],
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function create(call: Call, family: Family): object {
  const { body } = call;
  const param = family.t === "c" ? "Param" : "Body param";
  if (!may(call, `create-${family.t}`)) {
    if (family.t === "c") throw unauthorized();
    throw meteorError("error-not-allowed", "Not allowed", { method: "createPrivateGroup" });
  }
  if (!body.name) throw failure(`${param} "name" is required`);
  if (body.members && !Array.isArray(body.members)) throw failure(`${param} "members" must be an array if provided`);
  if (body.customFields && !isObject(body.customFields)) {
    throw failure(`${param} "customFields" must be an object if provided`);
  }
  if (typeof body.name !== "string") throw failure(`Match error: Expected string, got ${typeof body.name}`);
  const room = createRoom(call, {
    t: family.t,
    name: body.name,
    members: Array.isArray(body.members) ? body.members.filter((name) => typeof name === "string") : [],
    readOnly: body.readOnly === true,
    excludeSelf: body.excludeSelf === true,
    ...(isObject(body.customFields) && { customFields: body.customFields }),
    ...(isObject(body.extraData) && { extraData: body.extraData }),
  });
  return { [family.key]: roomView(room) };
}

export function lifecycleRoutes(family: Family): Route[] {
  const base = `/api/v1/${family.prefix}`;
  return [
    { method: "POST", path: `${base}.create`, handler: (call) => create(call, family) },
    {
      method: "GET",
      path: `${base}.info`,
      handler: (call) => {
        const room = familyRoom(call, family, call.query, { archivedToo: true });
        if (!canAccess(call, room)) throw unauthorized();
        return { [family.key]: roomView(room) };
      },
    },
    {
      method: "POST",
      path: `${base}.archive`,
      handler: (call) => {
        setArchived(call, familyRoom(call, family, call.body)._id, true);
        return {};
      },
    },
    {
      method: "POST",
      path: `${base}.unarchive`,
      handler: (call) => {
        const room = familyRoom(call, family, call.body, { archivedToo: true });
        if (family.t === "c" && !room.archived) throw failure(`The channel, ${room.name}, is not archived`);
        setArchived(call, room._id, false);
        return {};
      },
    },
    {
      method: "POST",
      path: `${base}.delete`,
      legacy: true,
      ...(family.t === "c" && { body: namedRoom() }),
      handler: (call) => {
        eraseRoom(call, familyRoom(call, family, call.body, { archivedToo: true })._id);
        return {};
      },
    },
  ];
}
