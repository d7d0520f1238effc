/** Turns the text of a cell into what a User's argument takes, as its schema says. Knows no file. */
import { z } from "zod";
import { inputsOf } from "../../engine/check.ts";
import { unwrap } from "../../engine/schema.ts";
import { userHandler } from "../../kinds/user/handler.ts";

const { shape } = inputsOf(userHandler);

/** Arguments of a user, those that every kind has among them. */
export const USER_ARGUMENTS: readonly string[] = Object.keys(shape);

const OWN_FIELDS = "customFields.";

const typeOf = (argument: string) => {
  const type = shape[argument];
  return type && unwrap(type);
};

/** Objects can't stand in a cell, except for the user's own fields, each in a column of its own. */
export const isColumn = (argument: string): boolean =>
  (argument.startsWith(OWN_FIELDS) && argument.length > OWN_FIELDS.length) ||
  (argument in shape && !(typeOf(argument) instanceof z.ZodRecord));

/** The names that a column may have. */
export const COLUMN_NAMES: readonly string[] = USER_ARGUMENTS.filter(isColumn);

const WORDS: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

/** What the cell says: a word that is no switch stays text, so that the user's schema refuses it. */
function readCell(argument: string, cell: string): unknown {
  const type = typeOf(argument);
  if (type instanceof z.ZodBoolean) return WORDS[cell.trim().toLowerCase()] ?? cell;
  if (type instanceof z.ZodArray) {
    return cell
      .split(/[;,]/)
      .map((part) => part.trim())
      .filter((part) => part !== "");
  }
  return cell;
}

/** Puts a cell into a row's values. An empty cell says nothing. */
export function put(values: Record<string, unknown>, argument: string, cell: string): void {
  if (cell === "") return;
  if (argument.startsWith(OWN_FIELDS)) {
    values.customFields = { ...(values.customFields as object | undefined), [argument.slice(OWN_FIELDS.length)]: cell };
  } else {
    values[argument] = readCell(argument, cell);
  }
}
