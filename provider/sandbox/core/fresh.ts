/** A workspace as it is right after the first start: one admin, rocket.cat, the channel general. */
import { randomBytes, randomUUID } from "node:crypto";
import { objectId, randomId, sha256Hex } from "./ids.ts";
import type { State, UserDoc, Version } from "./state.ts";

export interface AdminAccount {
  username: string;
  password: string;
}

export const DEFAULT_ADMIN: AdminAccount = { username: "admin", password: "supersecret" };

/** @param password the clear password, or its hex SHA-256 as `{digest}`. */
export function hashPassword(password: string | { digest: string }): { hash: string; salt: string } {
  const salt = randomBytes(8).toString("hex");
  return { salt, hash: sha256Hex(salt + (typeof password === "string" ? sha256Hex(password) : password.digest)) };
}

export function freshState(version: Version, account: AdminAccount = DEFAULT_ADMIN): State {
  const now = new Date().toISOString();
  const admin: UserDoc = {
    _id: objectId(),
    createdAt: now,
    _updatedAt: now,
    username: account.username,
    name: "Admin",
    emails: [{ address: "admin@example.test", verified: false }],
    type: "user",
    roles: ["admin"],
    status: "offline",
    statusDefault: "online",
    utcOffset: 0,
    active: true,
    avatarOrigin: "none",
    __rooms: ["GENERAL"],
    services: { password: hashPassword(account.password), loginTokens: [] },
  };
  const cat: UserDoc = {
    _id: "rocket.cat",
    createdAt: now,
    _updatedAt: now,
    username: "rocket.cat",
    name: "Rocket.Cat",
    type: "bot",
    roles: ["bot"],
    status: "online",
    active: true,
    avatarOrigin: "local",
    avatarETag: randomId(),
    utcOffset: 0,
    __rooms: ["GENERAL"],
    services: { loginTokens: [] },
  };
  const subscription = (user: UserDoc) => ({
    _id: objectId(),
    rid: "GENERAL",
    u: { _id: user._id, username: user.username, name: user.name },
    name: "general",
    t: "c" as const,
    ts: now,
    _updatedAt: now,
    open: true,
  });
  const ofAdmin = subscription(admin);
  const joined = {
    _id: objectId(),
    rid: "GENERAL",
    t: "uj",
    msg: admin.username,
    ts: now,
    _updatedAt: now,
    u: ofAdmin.u,
    groupable: false,
  };
  return {
    format: 1,
    version,
    uniqueID: randomUUID(),
    createdAt: now,
    clockOffset: 0,
    users: { [cat._id]: cat, [admin._id]: admin },
    rooms: {
      GENERAL: {
        _id: "GENERAL",
        t: "c",
        name: "general",
        ts: now,
        _updatedAt: now,
        usernames: [],
        msgs: 0,
        usersCount: 0,
        u: { _id: cat._id, username: cat.username, name: cat.name },
        default: true,
      },
    },
    subscriptions: { [ofAdmin._id]: ofAdmin },
    messages: { [joined._id]: joined },
    integrations: {},
    teams: {},
    teamMembers: {},
    uploads: {},
    oauthApps: {},
    userStatuses: {},
    invites: {},
    emojis: {},
    deletedEmojis: {},
    sounds: {},
    settings: {},
    permissions: {},
    roles: {},
  };
}
