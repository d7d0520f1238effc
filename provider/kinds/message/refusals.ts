/** Turns the server's refusals of a message into sentences that name the argument. Sends nothing but what it needs for them. */
import { hasCode } from "../../client/api/codes.ts";
import type { Client } from "../../client/client.ts";
import { CallError, InputError, PermissionError } from "../../errors.ts";
import type { MessageInputs } from "./schema.ts";
import { explainSize } from "./size.ts";

export async function explained<T>(
  client: Client,
  what: string,
  inputs: MessageInputs,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw (await explain(client, what, inputs, error)) ?? error;
  }
}

async function explain(
  client: Client,
  what: string,
  inputs: MessageInputs,
  error: unknown,
): Promise<Error | undefined> {
  if (!(error instanceof CallError)) return undefined;
  const { call } = error;
  const said = call.serverMessage ?? "";
  if (hasCode(error, "error-message-size-exceeded")) {
    return new InputError(`${what}: text: ${await explainSize(client, inputs.text ?? "")}.`, { cause: error });
  }
  if (/^not enough permission/i.test(said)) {
    const named = (["alias", "avatar", "emoji"] as const).filter((key) => inputs[key]).join(", ");
    return new PermissionError(
      `${what}: ${named || "alias"}: the account may not write under another name or picture: it lacks the permission message-impersonate.`,
      call,
      { hint: 'Give the account the role "bot" (an admin does not have this permission by itself), or leave it out.' },
    );
  }
  if (/custom fields/i.test(said)) {
    return new InputError(`${what}: customFields: the server refuses them: ${said}.`, {
      hint: "Switch on Message_CustomFields_Enabled and describe the fields in Message_CustomFields (a JSON schema).",
      cause: error,
    });
  }
  if (hasCode(error, "error-message-editing-blocked") || /message editing not allowed/i.test(said)) {
    return new PermissionError(`${what}: the server does not let this message be edited.`, call, {
      hint: "Allow it (Message_AllowEditing, Message_AllowEditing_BlockEditInMinutes, permission edit-message), or replace the message.",
    });
  }
  if (/message pinning not allowed/i.test(said)) {
    return new PermissionError(`${what}: pinned: pinning is switched off in this workspace.`, call, {
      hint: "Switch on the setting Message_AllowPinning, or leave `pinned` out.",
    });
  }
  return undefined;
}
