/** What a clone is told on the command line, and whether it goes together. Asks no server. */
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { checkServerUrl } from "../../client/server-url.ts";
import { InputError } from "../../errors.ts";
import { DOCUMENT_FILE } from "../../exporter/export.ts";
import type { EngineOptions } from "../engine/options.ts";
import type { GuardOptions } from "../review/options.ts";
import type { SourceOptions } from "./source.ts";
import { stackNameOf } from "./target-stack.ts";

export interface CloneOptions extends SourceOptions, GuardOptions {
  readonly cwd?: string;
  readonly from: string;
  readonly to: string;
  readonly overlay?: readonly string[];
  readonly stack?: string;
  readonly out?: string;
  readonly newUrls?: string;
  readonly parallel?: number;
  readonly yes?: boolean;
  readonly previewOnly?: boolean;
}

/** All paths are absolute. */
export interface Places {
  /** The source's address; undefined where the source is a document. */
  readonly from: string | undefined;
  readonly to: string;
  readonly stack: string;
  /** The document: there already, or to be exported. */
  readonly file: string;
  readonly overlays: readonly string[];
  readonly newUrls: string | undefined;
}

const isAddress = (from: string): boolean => /^https?:\/\//i.test(from);

/** Throws InputError or ConfigurationError for what does not go together. */
export function placesOf(options: CloneOptions): Places {
  const to = checkServerUrl(options.to, true, "--to");
  const from = isAddress(options.from) ? checkServerUrl(options.from, true, "--from") : undefined;
  if (from === to) throw sameServer(`both are ${to}`);
  const stack = options.stack ?? stackNameOf(to);
  const overlays = (options.overlay ?? []).map((file) => path.resolve(file));
  const file = from === undefined ? documentOf(options) : path.resolve(options.out ?? `clone-${stack}`, DOCUMENT_FILE);
  return { from, to, stack, file, overlays, newUrls: newUrlsOf(options) };
}

/** `why`: "both are https://…". */
export const sameServer = (why: string): InputError =>
  new InputError(`--from and --to are the same server: ${why}.`, {
    hint: "A clone gives the people of its target new passwords, and takes away there what the source has not.",
  });

function documentOf(options: CloneOptions): string {
  const file = path.resolve(options.from);
  if (!existsSync(file))
    throw new InputError(`--from ${options.from}: there is no such file, and it is no address.`, {
      hint: "Give a server as https://chat.example.com, or the path of a workspace document.",
    });
  if (statSync(file).isDirectory())
    throw new InputError(`--from ${options.from} is a folder.`, {
      hint: `Name the document in it, as ${DOCUMENT_FILE}.`,
    });
  for (const option of ["out", "include", "exclude", "details", "newUrls"] as const)
    if (options[option] !== undefined)
      throw new InputError(
        `--${option.replace("newUrls", "new-urls")} needs a server as --from; ${options.from} is a document.`,
        { hint: "A document is used as it is, where it is." },
      );
  return file;
}

function newUrlsOf({ newUrls }: CloneOptions): string | undefined {
  if (newUrls === undefined) return undefined;
  const file = path.resolve(newUrls);
  if (!existsSync(path.dirname(file))) throw new InputError(`--new-urls: there is no folder ${path.dirname(file)}.`);
  if (existsSync(file) && statSync(file).isDirectory())
    throw new InputError(`--new-urls: ${file} is a folder.`, { hint: "Name a file in it." });
  return file;
}

/** What is for the run itself. */
export function runOptionsOf(options: CloneOptions): EngineOptions & GuardOptions {
  const { yes, previewOnly, parallel, expect, maxRemovals, minAdmins, production, confirm } = options;
  const given = { yes, previewOnly, parallel, expect, maxRemovals, minAdmins, production, confirm };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
