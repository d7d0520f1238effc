/**
 * What permissions and roles let their holders do, where that is much. Data; knows no change. Ids seen on running servers (7.7.1 and 8.6.1)
 * and, those that need a licence, in the source of Rocket.Chat (develop, 8.x).
 */

/** Permissions by what their holders can do. */
export const POWERS: Readonly<Record<string, readonly string[]>> = {
  "can become admin, or make others admin": ["assign-admin-role", "assign-roles", "access-permissions"],
  "can log in as anybody, or take accounts over": [
    "user-generate-access-token",
    "edit-other-user-password",
    "edit-other-user-info",
    "edit-other-user-totp",
    "edit-other-user-e2ee",
  ],
  "can read or change the server's settings, secrets too": [
    "edit-privileged-setting",
    "view-privileged-setting",
    "manage-selected-settings",
    "access-setting-permissions",
  ],
  "can make, switch off or delete accounts": [
    "create-user",
    "bulk-register-user",
    "delete-user",
    "edit-other-user-active-status",
    "logout-other-user",
    "sync-auth-services-users",
    "manage-moderation-actions",
  ],
  "can bring code or other services into the server": [
    "manage-apps",
    "manage-incoming-integrations",
    "manage-outgoing-integrations",
    "manage-own-incoming-integrations",
    "manage-own-outgoing-integrations",
    "manage-oauth-apps",
    "add-oauth-service",
    "manage-email-inbox",
    "manage-cloud",
    "register-on-cloud",
    "run-import",
    "run-migration",
    "restart-server",
  ],
  "can write under other people's names": ["message-impersonate"],
  "can read what others wrote or who they are": [
    "view-room-administration",
    "view-user-administration",
    "view-full-other-user-info",
    "view-other-user-channels",
    "view-moderation-console",
    "view-logs",
    "view-device-management",
    "view-import-operations",
    "view-federation-data",
    "view-livechat-rooms",
    "view-livechat-webhooks",
    "view-all-teams",
    "view-all-team-channels",
    "can-audit",
    "can-audit-log",
  ],
  "can enter rooms, or bring people in or out, uninvited": [
    "add-user-to-any-c-room",
    "add-user-to-any-p-room",
    "kick-user-from-any-c-room",
    "kick-user-from-any-p-room",
    "add-all-to-room",
    "view-join-code",
    "join-without-join-code",
    "set-owner",
    "abac-management",
    "bypass-abac-store-validation",
  ],
  "can delete or change what others wrote": [
    "delete-c",
    "delete-p",
    "delete-d",
    "delete-team",
    "delete-team-channel",
    "delete-team-group",
    "delete-message",
    "force-delete-message",
    "edit-message",
    "clean-channel-history",
    "edit-room-retention-policy",
    "bypass-time-limit-edit-and-delete",
    "toggle-room-e2e-encryption",
  ],
  "can reach everybody at once, or without limits": [
    "access-mailer",
    "send-mail",
    "mail-messages",
    "send-many-messages",
    "api-bypass-rate-limit",
  ],
};

/** Permissions that need a licence: the servers seen don't have them. */
export const LICENSED: readonly string[] = [
  "can-audit",
  "can-audit-log",
  "abac-management",
  "bypass-abac-store-validation",
];

/** Permissions for what people do every day with what is theirs. */
export const EVERYDAY: readonly string[] = [
  "access-marketplace",
  "allow-external-voice-calls",
  "allow-internal-voice-calls",
  "auto-translate",
  "call-management",
  "create-c",
  "create-d",
  "create-p",
  "create-team",
  "create-team-channel",
  "create-team-group",
  "delete-own-message",
  "edit-room-avatar",
  "leave-c",
  "leave-p",
  "manage-emoji",
  "manage-sounds",
  "manage-user-status",
  "mention-all",
  "mention-here",
  "mobile-upload-file",
  "pin-message",
  "set-react-when-readonly",
  "start-discussion",
  "start-discussion-other-user",
  "test-push-notifications",
  "videoconf-ring-users",
];

/** Roles that people and programs have without anybody giving them. */
export const EVERYBODY: readonly string[] = ["user", "guest", "anonymous", "bot", "app", "federated-external"];

/** What a role brings on a new server, where its name doesn't say so. */
export const ROLES: Readonly<Record<string, string>> = {
  app: "writes under other people's names, has no rate limit",
  bot: "writes under other people's names, has no rate limit",
  "livechat-manager": "reads all conversations with visitors",
  "livechat-monitor": "reads all conversations with visitors",
  auditor: "reads all messages",
  "auditor-log": "reads who searched messages",
};

const byPermission = new Map(Object.entries(POWERS).flatMap(([what, ids]) => ids.map((id) => [id, what] as const)));

export const powerOf = (permission: string): string | undefined => byPermission.get(permission);
