/** What a `file` argument may be, and how it is named in messages. Reads nothing; imports no Pulumi, but knows how its assets travel. */
import { z } from "zod";
import { plainAddress } from "../../../client/download.ts";
import { type FieldRules, field } from "../../../engine/schema.ts";

/** Pulumi's mark of a special object inside inputs, and its word for an asset. Fixed by Pulumi. */
const MARK = "4dabf18193072939515e22adb298388d";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";

const text = z.string().optional();

/** `hash`: SHA-256 of the content in hex, which both engines work out before any handler sees the asset. */
const asset = z.looseObject({ [MARK]: z.literal(ASSET), hash: text, path: text, text, uri: text });

/** A path, an http(s) address, or a Pulumi asset; an archive is none of them. The server does not give a file back. */
export const fileField = () => field(z.union([z.string().trim().min(1), asset]), { writeOnly: true, file: true });
export type FileInput = z.infer<ReturnType<typeof fileField>>;

/** A type of its own for each kind, since rules belong to one type. */
export const contentHashField = (rules: FieldRules = {}) =>
  field(
    z
      .string()
      .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex (64 digits)")
      .optional(),
    rules,
  );

/** Where the content lies. */
export type Source =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "address"; readonly url: string }
  | { readonly kind: "text"; readonly text: string };

const isAddress = (value: string): boolean => /^https?:\/\//i.test(value);

const ofText = (value: string): Source =>
  isAddress(value) ? { kind: "address", url: value } : { kind: "path", path: value.replace(/^file:\/\//, "") };

export function sourceOf(file: FileInput): Source {
  if (typeof file === "string") return ofText(file);
  if (typeof file.path === "string" && file.path !== "") return { kind: "path", path: file.path };
  if (typeof file.uri === "string" && file.uri !== "") return ofText(file.uri);
  return { kind: "text", text: typeof file.text === "string" ? file.text : "" };
}

/** The hash that came with an asset. */
export const hashOfAsset = (file: FileInput): string | undefined =>
  typeof file === "string" ? undefined : file.hash || undefined;

/** Why the address can't be fetched, as far as its text tells. */
export function refuseAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null) return `"${plainAddress(url)}" is not a valid address`;
  return parsed.username === "" && parsed.password === ""
    ? undefined
    : `"${plainAddress(url)}" holds a user name or password, which can't be sent`;
}

/** For messages: `"images/parrot.png"`. */
export function nameOf(source: Source): string {
  switch (source.kind) {
    case "path":
      return `"${source.path}"`;
    case "address":
      return `"${plainAddress(source.url)}"`;
    case "text":
      return "the text asset";
  }
}

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** The last part of a path or address, as a file's name; undefined for a text. */
export function baseNameOf(source: Source): string | undefined {
  if (source.kind === "text") return undefined;
  const place = source.kind === "path" ? source.path : (URL.parse(source.url)?.pathname ?? "");
  const name = place.split(/[\\/]/).at(-1) ?? "";
  return name === "" ? undefined : source.kind === "address" ? decoded(name) : name;
}
