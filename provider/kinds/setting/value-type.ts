/** Checks a value's JSON type against a setting's own, which the server stores unchecked. Knows no calls. */

/** The type in words that stand behind "must be". */
export function typeOf(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "boolean":
      return "true or false";
    case "number":
      return "a number";
    case "string":
      return "text";
    default:
      return "an object";
  }
}

const isRooms = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => entry !== null && typeof entry === "object" && "_id" in entry);

/** `like`: a value that the setting is known to take. Room choices start as "" and hold a list later. */
export const fits = (value: unknown, like: unknown): boolean =>
  typeOf(like) === "nothing" || typeOf(value) === typeOf(like) || (like === "" && isRooms(value));
