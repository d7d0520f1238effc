/**
 * Which of our errors a code or sentence of the server means. A closed table: what is not here is a refused value.
 * Seen on 7.7.1 and 8.6.1 unless the API's documentation is the only source.
 */

export type FailureClass =
  | "not-found"
  | "conflict"
  | "authentication"
  | "permission"
  | "two-factor"
  | "rate-limit"
  | "validation";

const CODES: Record<FailureClass, readonly string[]> = {
  "not-found": [
    "404",
    "error-application-not-found",
    "error-empty-invite-list",
    "error-invalid-permission",
    "error-invalid-role-id",
    "error-invalid-roleId",
    "error-invalid-room",
    "error-invalid-user",
    "error-message-not-found",
    "error-role-not-found",
    "error-room-not-found",
    "error-token-does-not-exists",
    "error-user-not-found",
    "error-user-not-in-role",
    "error-user-not-in-room",
    "error-user-not-leader",
    "error-user-not-moderator",
    "error-user-not-owner",
    "invalid-channel",
    "invalid-file",
    "invalid-invitation-id",
    "invalid-room",
    "invalid-user",
    "invalid-user-invite-list",
    "member-does-not-exist",
    "room-not-on-that-team",
    "team-does-not-exist",
  ],
  conflict: [
    "Custom_Emoji_Error_Name_Or_Alias_Already_In_Use",
    "Custom_Sound_Error_Name_Already_In_Use",
    "Custom_User_Status_Error_Name_Already_In_Use",
    "error-admin-required",
    "error-archived-duplicate-name",
    "error-cannot-delete-team-channel",
    "error-channels-setdefault-is-same",
    "error-could-not-save-identity",
    "error-duplicate-channel-name",
    "error-duplicate-handle",
    "error-duplicate-role-names-not-allowed",
    "error-field-unavailable",
    "error-remove-last-owner",
    "error-role-in-use",
    "error-role-protected",
    "error-room-archived",
    "error-room-not-archived",
    "error-token-already-exists",
    "error-user-already-in-role",
    "error-user-already-leader",
    "error-user-already-moderator",
    "error-user-already-owner",
    "error-you-are-last-owner",
    "last-owner-can-not-be-removed",
    "room-already-on-team",
    "room-name-already-exists",
    "room_is_archived",
    "team-name-already-exists",
    "user-last-owner",
  ],
  authentication: ["error-login-blocked-for-ip", "error-login-blocked-for-user", "error-user-is-not-activated"],
  permission: [
    "403",
    "Edit_Federated_User_Not_Allowed",
    "Not Allowed",
    "error-action-not-allowed",
    "error-cannot-delete-app-user",
    "error-cannot-delete-federated-room",
    "error-forbidden",
    "error-invalid-integration",
    "error-message-editing-blocked",
    "error-not-allowed",
    "error-not-authorized",
    "error-unauthorized",
    "error-user-lacks-message-impersonate-permission",
    "forbidden",
    "no-permission",
    "not-allowed",
    "not-authorized",
    "not_authorized",
    "restricted-workspace",
    "unauthorized",
  ],
  "two-factor": ["totp-invalid", "totp-max-attempts", "totp-required"],
  "rate-limit": ["error-too-many-requests"],
  validation: [],
};

/** For answers without a code. The first that fits counts. */
const SENTENCES: readonly (readonly [RegExp, FailureClass])[] = [
  // A wrong role id is reported with the code of a missing right.
  [/consist invalid role id/i, "validation"],
  [/\b(not found|does not exists?)\.?$|^no (integration|message) found\b/i, "not-found"],
  [/\balready (exists|in use|taken)\b|^a (channel|group) with name .* exists$/i, "conflict"],
  // A message with an id that another one has.
  [/\breading 'starred'\)?$|\bE11000\b/, "conflict"],
  [/\bis (not )?archived$|\bis the same as what it would be\b/i, "conflict"],
  [/^not enough permission|^enterprise feature|^this is an enterprise feature/i, "permission"],
];

const byCode = new Map(
  Object.entries(CODES).flatMap(([name, codes]) => codes.map((code) => [code, name as FailureClass] as const)),
);

export const classOfCode = (code: string): FailureClass | undefined => byCode.get(code);

export const classOfSentence = (sentence: string): FailureClass | undefined =>
  SENTENCES.find(([pattern]) => pattern.test(sentence))?.[1];
