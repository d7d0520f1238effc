/** Which objects an export is about: `--include` and `--exclude`, each a kind with a pattern of names. Knows no server. */
import { globMatcher } from "../engine/glob.ts";
import type { AnyHandler } from "../engine/handler.ts";
import { nearest } from "../engine/near.ts";
import { InputError } from "../errors.ts";
import { sections } from "../workspace/sections.ts";

export interface Selection {
  /** False: no object of the kind can be meant. */
  has(handler: AnyHandler): boolean;
  /** `name`: the natural name, its parts joined by "/". */
  hasObject(handler: AnyHandler, name: string): boolean;
  /** Why a kind that one could expect isn't exported; undefined where the rules say so. */
  reason(handler: AnyHandler): string | undefined;
}

interface Rule {
  readonly handler: AnyHandler | undefined;
  /** Of names; case counts. */
  readonly fits: ((name: string) => boolean) | undefined;
}

function ruleOf(text: string, option: string): Rule {
  const colon = text.indexOf(":");
  const kind = (colon === -1 ? text : text.slice(0, colon)).trim();
  const fits = colon === -1 ? undefined : globMatcher(text.slice(colon + 1));
  if (kind === "*") return { handler: undefined, fits };
  const wanted = kind.toLowerCase();
  for (const [section, handler] of sections) {
    if (section.toLowerCase() === wanted || handler.kind.toLowerCase() === wanted) return { handler, fits };
  }
  const [near] = nearest(kind, [...sections.keys(), ...[...sections.values()].map((one) => one.kind)]);
  throw new InputError(`${option} ${text}: there is no kind "${kind}"${near ? `; did you mean "${near}"?` : "."}`, {
    hint: `Kinds: ${[...sections.keys()].join(", ")}. A pattern of names follows a colon: users:ci-*`,
  });
}

/** Throws InputError for a kind that there is not. Without `include` every kind is meant that need not be asked for. */
export function selectionOf(include: readonly string[], exclude: readonly string[]): Selection {
  const included = include.map((text) => ruleOf(text, "--include"));
  const excluded = exclude.map((text) => ruleOf(text, "--exclude"));
  const isOf = (handler: AnyHandler) => (rule: Rule) => rule.handler === undefined || rule.handler === handler;
  const { never, onlyAsked } = { never: ruleText("never"), onlyAsked: ruleText("onlyAsked") };

  const has = (handler: AnyHandler): boolean => {
    if (never(handler) !== undefined) return false;
    if (excluded.some((rule) => isOf(handler)(rule) && rule.fits === undefined)) return false;
    if (included.length > 0) return included.some(isOf(handler));
    return onlyAsked(handler) === undefined;
  };
  return {
    has,
    hasObject: (handler, name) =>
      has(handler) &&
      !excluded.some((rule) => isOf(handler)(rule) && rule.fits?.(name)) &&
      (included.length === 0 ||
        included.some((rule) => isOf(handler)(rule) && (rule.fits === undefined || rule.fits(name)))),
    reason(handler) {
      if (included.length === 0) return never(handler) ?? onlyAsked(handler);
      return included.some(isOf(handler)) ? never(handler) : undefined;
    },
  };
}

const ruleText =
  (key: "never" | "onlyAsked") =>
  (handler: AnyHandler): string | undefined =>
    handler.schema.document.export?.[key];
