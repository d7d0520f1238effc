/** Puts what zod found into one sentence: the path, what is allowed, what was given, and a near name for a slip of the pen. */
import type { z } from "zod";
import { nearest } from "./near.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** `emails[0].address` */
export const formatPath = (path: Path): string =>
  path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
    .join("");

export const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) => (value !== null && typeof value === "object" ? Reflect.get(value, part) : undefined),
    root,
  );

const ARTICLES: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** What was given; the value itself only where it may be shown. */
function given(value: unknown, reveal: boolean): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  const kind = typeof value;
  if (!reveal) return kind === "string" ? `a string of ${String(value).length} characters` : `a ${kind}`;
  const text = JSON.stringify(value);
  return kind === "string" ? (text.length > 60 ? `${text.slice(0, 60)}…` : text) : `the ${kind} ${text}`;
}

const unitOf = (origin: string): string =>
  origin === "string" ? " characters" : origin === "array" || origin === "set" ? " entries" : "";

function allowed(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${ARTICLES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      if (issue.minimum === 1 && unitOf(issue.origin)) return "must not be empty";
      return `must ${unitOf(issue.origin) ? "have" : "be"} at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `must ${unitOf(issue.origin) ? "have" : "be"} at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_format":
      if (issue.format !== "regex") return `must be a valid ${issue.format}`;
      // A pattern of which the schema says in words what it wants.
      return issue.message.startsWith("Invalid") ? `must match ${issue.pattern}` : issue.message;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_union": {
      const options = new Set(
        issue.errors.flatMap((branch) => branch.filter((sub) => sub.path.length === 0).map(allowed)),
      );
      return options.size > 0 ? [...options].join(", or ").replaceAll(", or must be", ", or") : "has the wrong form";
    }
    default:
      return issue.message;
  }
}

/** An argument that does not exist, with the one that was probably meant, or all there are. */
export function noSuchArgument(path: string, key: string, known: readonly string[]): { path: string; reason: string } {
  const [near] = nearest(key, known);
  const help = near ? `did you mean "${near}"?` : `allowed: ${[...known].sort().join(", ")}`;
  return { path, reason: `${path}: no such argument; ${help}` };
}

/** One sentence per issue (a strict object reports all its unknown keys in one issue). */
export function sentences(
  issue: Issue,
  inputs: unknown,
  options: { reveal: boolean; knownKeys: (path: Path) => readonly string[] },
): { path: string; reason: string }[] {
  if (issue.code === "unrecognized_keys") {
    const known = options.knownKeys(issue.path);
    return issue.keys.map((key) => noSuchArgument(formatPath([...issue.path, key]), key, known));
  }
  const path = formatPath(issue.path);
  // A custom issue says all of it in its own message.
  if (issue.code === "custom") return [{ path, reason: `${path}: ${issue.message}` }];
  const value = valueAt(inputs, issue.path);
  const text = value === undefined ? `is required and ${allowed(issue)}` : allowed(issue);
  const suffix = value === undefined || text.endsWith("not be empty") ? "" : `, but is ${given(value, options.reveal)}`;
  return [{ path, reason: `${path}: ${text}${suffix}` }];
}
