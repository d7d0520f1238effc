/** Making an account. Knows no route. */
import { randomBytes } from "node:crypto";
import { hashPassword } from "../core/fresh.ts";
import { randomId } from "../core/ids.ts";
import { putUser } from "../core/lookups.ts";
import type { Call } from "../core/route.ts";
import type { UserDoc } from "../core/state.ts";
import { joinDefaultRooms } from "../rooms/subscribe.ts";
import { settingOn, settingText } from "../settings/read.ts";
import { setActive } from "./activate.ts";
import { checkAccount, checkName } from "./check.ts";
import { checkCustomFields, keptFields } from "./custom-fields.ts";

/** The body of users.create, after its schema. */
export interface NewUser {
  username: string;
  email: string;
  name: string;
  password: string;
  active?: boolean;
  bio?: string;
  nickname?: string;
  roles?: string[];
  verified?: boolean;
  joinDefaultChannels?: boolean;
  requirePasswordChange?: boolean;
  setRandomPassword?: boolean;
  customFields?: Record<string, unknown>;
  freeSwitchExtension?: string;
}

const text = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** Without a caller it is a registration. */
export function createUser(call: Call, given: NewUser): UserDoc {
  const { state, clock } = call;
  checkName(given.name);
  if (given.customFields) checkCustomFields(state, given.customFields);
  checkAccount(state, call.user, given);
  const now = clock.now();
  const mustChange = given.setRandomPassword ? true : given.requirePasswordChange;
  const customFields = given.customFields && keptFields(state, given.customFields);
  const bio = text(given.bio);
  const nickname = text(given.nickname);
  const user: UserDoc = {
    _id: randomId(),
    createdAt: now,
    username: given.username,
    emails: [{ address: given.email, verified: given.verified ?? false }],
    name: given.name,
    type: "user",
    roles: given.roles?.length
      ? given.roles
      : settingText(state, "Accounts_Registration_Users_Default_Roles")
          .split(",")
          .map((role) => role.trim()),
    status: "offline",
    active: true,
    _updatedAt: now,
    settings: {},
    ...(mustChange !== undefined && { requirePasswordChange: mustChange }),
    ...(bio && { bio }),
    ...(nickname && { nickname }),
    ...(customFields && { customFields }),
    ...(given.freeSwitchExtension && { freeSwitchExtension: given.freeSwitchExtension }),
    services: {
      password: hashPassword(given.setRandomPassword ? randomBytes(16).toString("hex") : given.password),
      ...(settingOn(state, "Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In") && {
        email2fa: { enabled: true, changedAt: now },
      }),
      loginTokens: [],
    },
  };
  putUser(state, user);
  if (given.joinDefaultChannels !== false) joinDefaultRooms(call, user);
  if (given.active === false) setActive(call, user, false, false);
  return user;
}
