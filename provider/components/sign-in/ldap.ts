/** The component that programs use for sign-in with LDAP. Its settings are in ldap-args.ts. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Failure } from "../../engine/check.ts";
import type { Args } from "../../kinds/base/resource.ts";
import { settingSchema } from "../../kinds/setting/schema.ts";
import {
  GROUP_SETTINGS,
  LDAP_BIND_SWITCH,
  LDAP_GROUP_SWITCH,
  LDAP_SETTINGS,
  LDAP_SWITCH,
  LDAP_TYPE,
  type LdapInputs,
  ldapId,
  ldapInputs,
} from "./ldap-args.ts";
import { type CommonSignInArgs, checkMethod, declareMethod, type Piece, plainText, refuse, say } from "./method.ts";

const KIND = "LdapSignIn";

export interface LdapSignInArgs extends Args<LdapInputs>, CommonSignInArgs {
  /** "ad": Active Directory, which keeps its attribute names in settings of their own; "other": every other directory. */
  serverType: "ad" | "other";
}

const schema = z.strictObject({
  ...ldapInputs.shape,
  serverType: z.enum(["ad", "other"]),
  enabled: z.boolean().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  onDestroy: z.enum(settingSchema.destroy).optional(),
} satisfies Record<keyof LdapSignInArgs, z.ZodType>);

/** Ids that have arguments, on either type of server. */
const OWN = new Map([
  ...Object.entries(LDAP_SETTINGS).flatMap(([argument, id]) => [
    [ldapId(id, true), argument] as const,
    [ldapId(id, false), argument] as const,
  ]),
  ...Object.entries(GROUP_SETTINGS).map(([argument, id]) => [id, `groupFilter.${argument}`] as const),
  [LDAP_SWITCH, "enabled"] as const,
  [LDAP_TYPE, "serverType"] as const,
  [LDAP_BIND_SWITCH, "bindDn"] as const,
  [LDAP_GROUP_SWITCH, "groupFilter"] as const,
]);

const isBalanced = (filter: string): boolean => {
  let depth = 0;
  // Brackets that are part of a value are escaped.
  for (const mark of filter.replace(/\\./g, "")) {
    depth += mark === "(" ? 1 : mark === ")" ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
};

/** What is wrong with the arguments, as far as they are known. */
export function checkLdap(args: LdapSignInArgs): Failure[] {
  const { known, failures } = checkMethod(schema, args, { prefixes: ["LDAP_"], own: OWN });
  if ((known.bindDn === undefined) !== (known.bindPassword === undefined)) {
    const missing = known.bindDn === undefined ? "bindDn" : "bindPassword";
    failures.push(say(missing, `is required beside \`${missing === "bindDn" ? "bindPassword" : "bindDn"}\``));
  }
  const filter = plainText(known.userSearchFilter);
  if (filter?.startsWith("(") && filter.endsWith(")") && !isBalanced(filter)) {
    failures.push(say("userSearchFilter", "has brackets that do not match"));
  }
  if (known.encryption === "plain" && known.caCertificate !== undefined) {
    failures.push(say("caCertificate", 'is not used with `encryption: "plain"`; choose "tls" or "ssl"'));
  }
  if (known.encryption === "ssl" && known.port === undefined) {
    failures.push(
      say("port", 'is required with `encryption: "ssl"`: the server would use 389; LDAPS is usually at 636'),
    );
  }
  return failures;
}

function piecesOf({ serverType, groupFilter, ...args }: LdapSignInArgs): Piece[] {
  const isActiveDirectory = serverType === "ad";
  const given = args as Record<string, Piece["value"]>;
  const plain = Object.entries(LDAP_SETTINGS).map(
    ([argument, id]): Piece => ({
      argument,
      settingId: ldapId(id, isActiveDirectory),
      value: given[argument],
      secret: argument === "bindPassword",
    }),
  );
  const group = groupFilter === undefined ? undefined : pulumi.output(groupFilter);
  const names = typeof groupFilter === "object" ? Object.keys(groupFilter) : [];
  return [
    { argument: "serverType", settingId: LDAP_TYPE, value: isActiveDirectory ? "ad" : "" },
    ...plain,
    { argument: "bind", settingId: LDAP_BIND_SWITCH, value: args.bindDn !== undefined },
    { argument: "groupFilter", settingId: LDAP_GROUP_SWITCH, value: group && true },
    ...Object.entries(GROUP_SETTINGS).map(
      ([argument, id]): Piece => ({
        argument: `groupFilter-${argument}`,
        settingId: id,
        value: names.includes(argument)
          ? group?.apply((filter) => (filter as Record<string, string>)[argument] ?? "")
          : undefined,
      }),
    ),
  ];
}

/**
 * Sign-in with a directory: one Setting per argument, and LDAP is switched on when all of them are written.
 *
 * @example Smallest
 * ```ts
 * new rocketchat.LdapSignIn("ldap", { serverType: "other", host: "ldap.example.com", baseDn: "ou=people,dc=example,dc=com" });
 * ```
 *
 * @example Active Directory with TLS, for the members of one group
 * ```ts
 * new rocketchat.LdapSignIn("directory", {
 *   serverType: "ad",
 *   host: "dc1.corp.example.com",
 *   port: 636,
 *   encryption: "ssl",
 *   bindDn: "rocketchat@corp.example.com",
 *   bindPassword: config.requireSecret("bindPassword"),
 *   baseDn: "dc=corp,dc=example,dc=com",
 *   userSearchFilter: "(&(objectCategory=person)(objectclass=user))",
 *   groupFilter: { name: "chat-users", objectClass: "group", memberAttribute: "member", memberFormat: "#{userdn}" },
 *   nameField: "displayName",
 *   mergeExistingUsers: true,
 * });
 * ```
 *
 * Needs the permissions of Setting. Background synchronisation, roles and teams from the directory need a licence: `settings` takes their ids.
 * Rocket.Chat asks the directory at sign-in only: a wrong host or password shows there, or with "Test connection" in the administration.
 *
 * When it is removed from the program, LDAP is switched off first; then its settings become what they were before.
 */
export class LdapSignIn extends pulumi.ComponentResource {
  /** Whether people can sign in with it. */
  readonly enabled: pulumi.Output<boolean>;

  constructor(name: string, args: LdapSignInArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(`rocketchat:components:${KIND}`, name, {}, opts);
    const failures = checkLdap(args);
    if (failures.length > 0) {
      this.enabled = refuse(KIND, name, failures);
      return;
    }
    this.enabled = declareMethod(this, name, piecesOf(args), LDAP_SWITCH, args);
    this.registerOutputs({ enabled: this.enabled });
  }
}
