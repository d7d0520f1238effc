/** Custom fields of accounts: what the setting declares of them. Knows no route. */
import { meteorError } from "../core/failure.ts";
import type { State } from "../core/state.ts";
import { settingText } from "../settings/read.ts";

interface Declared {
  type?: "text" | "select";
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  options?: string[];
}

/** Nothing where the setting is empty or no JSON. */
function declared(state: State): Record<string, Declared> {
  try {
    return JSON.parse(settingText(state, "Accounts_CustomFields") || "{}") as Record<string, Declared>;
  } catch {
    return {};
  }
}

const refuse = (reason: string) =>
  meteorError("error-user-registration-custom-field", reason, { method: "registerUser" });

export function checkCustomFields(state: State, given: Record<string, unknown>): void {
  for (const [name, field] of Object.entries(declared(state))) {
    const value = given[name];
    const text = typeof value === "string" ? value : "";
    if (field.required && !text) throw refuse(`Field ${name} is required`);
    if (field.type === "select" && text && !field.options?.includes(text))
      throw refuse(`Value for field ${name} is invalid`);
    if (field.maxLength !== undefined && text.length > field.maxLength)
      throw refuse(`Max length of field ${name} ${field.maxLength}`);
    if (text && field.minLength !== undefined && text.length < field.minLength)
      throw refuse(`Min length of field ${name} ${field.minLength}`);
  }
}

/** The declared ones of the given; undefined where none is declared. */
export function keptFields(state: State, given: Record<string, unknown>): Record<string, unknown> | undefined {
  const names = Object.keys(declared(state));
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
}
