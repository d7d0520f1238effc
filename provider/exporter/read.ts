/** Reads a live server section by section into the form of a document. Knows kinds by their schema and handler alone. */
import { check, inputsOf } from "../engine/check.ts";
import type { AnyHandler, Context, Declared } from "../engine/handler.ts";
import { rulesOf, UNKNOWN } from "../engine/schema.ts";
import {
  AuthenticationError,
  CallError,
  InputError,
  NetworkError,
  RateLimitError,
  TwoFactorRequiredError,
} from "../errors.ts";
import { put } from "../workspace/put.ts";
import { sections } from "../workspace/sections.ts";
import { besides, commonOf, holdsReference, type Passwords, toDeclare } from "./inputs.ts";
import type { ExportedObject, ExportedSection } from "./model.ts";
import { keyed, partsOf } from "./names.ts";
import { Notes } from "./notes.ts";
import { References } from "./references.ts";
import { SecretKeys } from "./secrets.ts";
import type { Selection } from "./select.ts";

export interface ReadOptions {
  readonly selection: Selection;
  readonly passwords: Passwords;
  /** Asks for each object by itself where list pages don't tell all of it: one call more for each of them. */
  readonly details: boolean;
  /** What stands for an object's file in the document; `url` is where the server shows it. Default: the address itself. */
  readonly file?: (handler: AnyHandler, name: string, url: string) => Promise<string>;
  /** Told of each kind's count as it grows. */
  readonly progress?: (handler: AnyHandler, count: number, done: boolean) => void;
  /** Told of each object that was looked at, those among them that an export leaves out by itself. */
  readonly seen?: (handler: AnyHandler, object: Seen) => void;
}

export interface Seen {
  /** The engine's id. */
  readonly id: string;
  /** What its natural name is made of. */
  readonly parts: readonly string[];
  /** Nothing to tell of it: as every server has it or part of another object, or archived or deactivated. */
  readonly leftOut: "built-in" | "put away" | undefined;
}

interface Found {
  readonly parts: readonly string[];
  readonly id: string;
  readonly inputs: Declared;
  readonly outputs: Declared;
}

/** One export. Sections come one by one; what is known only at the end, from `existing` and `notes`. */
export class Reader {
  readonly notes = new Notes();
  /** Why a kind could not be read, or not to its end. */
  readonly unread = new Map<AnyHandler, string>();
  private readonly ctx: Context;
  private readonly options: ReadOptions;
  private readonly references: References;
  private readonly keys = new SecretKeys();
  private readable = 0;
  private failure: CallError | undefined;

  constructor(ctx: Context, options: ReadOptions) {
    this.ctx = ctx;
    this.options = options;
    this.references = new References(ctx);
  }

  /** In the order of the kinds; empty ones are left out. Throws when nothing at all could be read. */
  async *sections(): AsyncGenerator<ExportedSection> {
    const { selection } = this.options;
    for (const handler of sections.values()) {
      const reason = selection.has(handler) ? undefined : selection.reason(handler);
      if (reason !== undefined) this.notes.add(handler, `left out: ${reason}`);
      if (!selection.has(handler)) continue;
      const found = await this.found(handler);
      const objects = await this.objects(handler, found);
      if (objects.length > 0) yield { handler, objects, defaults: this.common(handler) };
    }
    if (this.readable === 0 && this.failure !== undefined) throw this.failure;
  }

  /** Names that the document refers to without declaring them. Complete when all sections were read. */
  existing(): Map<AnyHandler, string[]> {
    return this.references.existing();
  }

  private common(handler: AnyHandler): Declared {
    const { selection, passwords } = this.options;
    const isExported = (kind: string) => [...sections.values()].some((one) => one.kind === kind && selection.has(one));
    return commonOf(handler, { exported: isExported, passwords });
  }

  private async found(handler: AnyHandler): Promise<Found[]> {
    const { selection, details, progress, seen } = this.options;
    const found: Found[] = [];
    let dormant = 0;
    let isCut = false;
    try {
      for await (const live of handler.list(this.ctx, { brief: !details })) {
        const { id, inputs: mapped, outputs } = handler.map(live, this.ctx, {});
        isCut ||= isBrief(handler, mapped);
        const isImplied = handler.isImplied?.(live) === true;
        const isDormant = !isImplied && handler.isDormant?.(live, mapped) === true;
        if (isDormant) dormant++;
        if (seen === undefined && (isImplied || isDormant)) continue;
        const declared = await this.references.named(handler, toDeclare(handler, mapped, this.common(handler)));
        const parts = partsOf(handler, declared);
        const name = parts.join("/");
        if (!selection.hasObject(handler, name)) continue;
        const isGiven = isImplied || isBuiltIn(handler, name, declared);
        const leftOut = isDormant ? "put away" : isGiven ? "built-in" : undefined;
        seen?.(handler, { id, parts, leftOut });
        if (leftOut !== undefined) continue;
        const inputs = await this.withFile(handler, name, declared, handler.contentUrl?.(live, this.ctx));
        if (inputs !== undefined) found.push({ parts, id, inputs, outputs });
        progress?.(handler, found.length, false);
      }
      this.readable++;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.failure ??= error;
      const [reason = ""] = error.message.split("\n");
      this.unread.set(handler, reason);
      this.notes.add(handler, `could not be read: ${reason}`);
    }
    progress?.(handler, found.length, true);
    if (dormant > 0) this.notes.add(handler, `left out: ${dormant} that are put away (archived, deactivated)`);
    if (isCut && found.length > 0)
      this.notes.add(handler, "list pages don't tell all of them; --details asks for each by itself");
    return found;
  }

  /** Undefined where the object can't be declared for want of its file. */
  private async withFile(
    handler: AnyHandler,
    name: string,
    inputs: Declared,
    url: string | undefined,
  ): Promise<Declared | undefined> {
    const { shape } = inputsOf(handler);
    const field = Object.keys(shape).find((key) => rulesOf(shape[key]).file);
    if (field === undefined) return inputs;
    if (url === undefined) {
      this.notes.add(handler, "left out: the server does not show their files", name);
      return undefined;
    }
    try {
      return { ...inputs, [field]: (await this.options.file?.(handler, name, url)) ?? url };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // One picture that the server has lost is no reason to go without all the rest.
      this.notes.add(handler, `left out: ${error.message}`);
      return undefined;
    }
  }

  private async objects(handler: AnyHandler, found: readonly Found[]): Promise<ExportedObject[]> {
    const common = this.common(handler);
    const inputNames = handler.schema.document.keys;
    const needsPassword = this.options.passwords === "secret" ? handler.schema.document.export?.password : undefined;
    const self = needsPassword && (await this.ctx.client.self()).username;
    const objects: ExportedObject[] = [];
    for (const { object, keys, renamed } of keyed(this.distinct(handler, found))) {
      const { id, outputs } = object;
      const name = object.parts.join("/");
      // A new password would end one's own log-in.
      const extra = needsPassword && object.inputs[needsPassword.account] !== self ? needsPassword.input : undefined;
      const usable = this.usable(handler, name, object.inputs, common);
      if (usable === undefined) continue;
      const { inputs, secrets } = this.keys.seal(handler, keys, usable, extra);
      this.references.note(handler, name, usable);
      const said = new Set(renamed ? inputNames.slice(0, -1) : inputNames);
      const own = Object.fromEntries(Object.entries(inputs).filter(([key]) => !said.has(key)));
      objects.push({ handler, keys, id, inputs: besides(handler, own, common), secrets, outputs });
    }
    return objects;
  }

  /** Without objects that no run could tell apart. */
  private distinct(handler: AnyHandler, found: readonly Found[]): readonly Found[] {
    const identity = handler.schema.document.export?.identity;
    if (identity === undefined) return found;
    const keyOf = ({ inputs }: Found) => JSON.stringify(identity.map((input) => inputs[input]));
    const counts = new Map<string, number>();
    for (const object of found) counts.set(keyOf(object), (counts.get(keyOf(object)) ?? 0) + 1);
    const words = `left out: several have the same ${new Intl.ListFormat("en").format(identity)}, so that a run could not tell which is meant`;
    return found.filter((object) => {
      if (counts.get(keyOf(object)) === 1) return true;
      this.notes.add(handler, words, object.parts.join("/"));
      return false;
    });
  }

  /** Without what a document can't say. Undefined when nothing is left that could be declared. */
  private usable(handler: AnyHandler, name: string, live: Declared, common: Declared): Declared | undefined {
    const { shape } = inputsOf(handler);
    let inputs = live;
    for (const [key, value] of Object.entries(live)) {
      if (!holdsReference(value)) continue;
      this.notes.add(handler, `${key} left out: it reads like a reference to a secret`, name);
      inputs = without(inputs, key);
    }
    for (;;) {
      let tried: Declared = { ...common, ...inputs };
      const { password } = handler.schema.document.export ?? {};
      if (password !== undefined && tried.adopt !== true) tried = put(tried, [password.input], UNKNOWN) as Declared;
      const [failure] = check(handler, tried, { reveal: false }).failures;
      if (failure === undefined) return inputs;
      const field = failure.path.split(/[.[]/)[0] ?? "";
      const isOptional = field in inputs && shape[field]?.safeParse(undefined).success;
      this.notes.add(handler, `${isOptional ? `${field} left out` : "left out"}: ${failure.reason}`, name);
      if (!isOptional) return undefined;
      inputs = without(inputs, field);
    }
  }
}

const without = (inputs: Declared, key: string): Declared =>
  Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== key));

/** The account may not, or this server can't: other kinds may still be readable. */
const isRefusal = (error: unknown): error is CallError =>
  error instanceof CallError &&
  ![AuthenticationError, TwoFactorRequiredError, NetworkError, RateLimitError].some((type) => error instanceof type);

/** `map` left out what it could read with a call of its own. */
const isBrief = (handler: AnyHandler, mapped: Declared): boolean =>
  (handler.schema.document.export?.details ?? []).some((key) => !(key in mapped));

/** On every server, and nothing to tell about it. */
const isBuiltIn = (handler: AnyHandler, name: string, inputs: Declared): boolean => {
  const { builtIn = [], keys } = handler.schema.document;
  return builtIn.includes(name) && Object.keys(inputs).every((key) => keys.includes(key));
};
