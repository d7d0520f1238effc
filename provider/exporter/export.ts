/** One export from beginning to end: reads a server and writes files by way of a sink. Knows neither disk nor terminal. */
import type { AnyHandler, Context, Declared } from "../engine/handler.ts";
import type { ExportedSecret, ExportedSection, Note } from "./model.ts";
import { noteLine } from "./notes.ts";
import { Reader, type ReadOptions } from "./read.ts";
import { type DeclaredObject, declaredObjects, inOrder, ObjectIndex } from "./write/declared.ts";
import { importText } from "./write/import.ts";
import { programText } from "./write/typescript.ts";
import { headText, sectionText } from "./write/yaml.ts";

export interface ExportOptions extends ReadOptions {
  /** One file for each section, which the document includes. */
  readonly split: boolean;
  /** Where editors find the schema, seen from the document. Default: the package is installed beside it. */
  readonly schema?: string;
}

export interface ExportResult {
  /** By section, in the document's order. */
  readonly counts: ReadonlyMap<string, number>;
  readonly secrets: readonly ExportedSecret[];
  readonly notes: readonly Note[];
}

/** Takes a finished file; `name` is relative: "workspace.yaml". */
export type Sink = (name: string, text: string) => Promise<void>;

export const FORMATS = ["yaml", "typescript", "import"] as const;
export type Format = (typeof FORMATS)[number];

/** What a document is called. */
export const DOCUMENT_FILE = "workspace.yaml";

/** Where the JSON Schema of documents lies beside an installed package. */
export const SCHEMA = "node_modules/pulumi-rocketchat/schema/workspace.schema.json";

/** What the file is called where a folder was named. */
export const FILE_NAMES: Readonly<Record<Format, string>> = {
  yaml: DOCUMENT_FILE,
  typescript: "index.ts",
  import: "import.json",
};

/** Two exports of an unchanged server are equal byte for byte. */
export const exportAs = (
  format: Format,
  ...[ctx, options, sink]: Parameters<typeof exportDocument>
): Promise<ExportResult> =>
  format === "yaml" ? exportDocument(ctx, options, sink) : exportWhole(format, ctx, options, sink);

/** A program and an import name objects by each other, so that all of them are needed at once. */
async function exportWhole(
  format: Exclude<Format, "yaml">,
  ctx: Context,
  options: ExportOptions,
  sink: Sink,
): Promise<ExportResult> {
  const reader = new Reader(ctx, options);
  const objects: DeclaredObject[] = [];
  const counts = new Map<string, number>();
  for await (const section of reader.sections()) {
    counts.set(section.handler.schema.document.section, section.objects.length);
    objects.push(...declaredObjects(section));
  }
  const secrets = objects.flatMap((object) => object.secrets);
  const notes = reader.notes.all();
  const comments = [
    `${ctx.client.url} as a program`,
    ...(secrets.length > 0 ? ["Secrets that it needs, once for each stack:", ...secretLines(secrets)] : []),
    ...notes.map((note) => `Not in it: ${noteLine(note)}`),
  ];
  if (format === "typescript") await sink(FILE_NAMES[format], programText({ comments, objects }));
  else {
    const identity = { serverUrl: ctx.client.url, workspaceId: await ctx.client.workspaceId() };
    await sink(FILE_NAMES[format], importText(inOrder(objects, new ObjectIndex(objects)), identity));
  }
  return { counts, secrets, notes };
}

/** `config set --secret` for each key, as it is to be run. */
export const secretLines = (secrets: readonly ExportedSecret[]): string[] =>
  secrets.map(({ key }) => `pulumi-rocketchat config set --secret ${key}`);

/** Writes a workspace document. Two exports of an unchanged server are equal byte for byte. */
export async function exportDocument(ctx: Context, options: ExportOptions, sink: Sink): Promise<ExportResult> {
  const reader = new Reader(ctx, options);
  const defaults = new Map<AnyHandler, Declared>();
  const counts = new Map<string, number>();
  const secrets: ExportedSecret[] = [];
  const texts: string[] = [];
  const include: string[] = [];
  const schemaLine = `yaml-language-server: $schema=${options.schema ?? SCHEMA}`;
  for await (const section of reader.sections()) {
    const { handler, objects } = section;
    const { section: name } = handler.schema.document;
    counts.set(name, objects.length);
    if (Object.keys(section.defaults).length > 0) defaults.set(handler, section.defaults);
    for (const object of objects) secrets.push(...object.secrets);
    const text = sectionText(section);
    if (options.split) {
      include.push(`${name}.yaml`);
      await sink(`${name}.yaml`, `# ${schemaLine}\n\n${text}`);
    } else texts.push(text);
  }
  const head = headText({
    comments: [schemaLine, `${ctx.client.url} as a workspace document`],
    include,
    defaults,
    existing: reader.existing(),
  });
  const notes = reader.notes.all();
  await sink(DOCUMENT_FILE, [head, ...texts, tailText(secrets, notes)].filter((text) => text !== "").join("\n"));
  return { counts, secrets, notes };
}

function tailText(secrets: readonly ExportedSecret[], notes: readonly Note[]): string {
  const parts: string[][] = [];
  if (secrets.length > 0)
    parts.push([
      "Secrets that this document needs, once for each stack:",
      ...secretLines(secrets).map((line) => `  ${line}`),
    ]);
  if (notes.length > 0) parts.push(["Not in this document:", ...notes.map((note) => `  ${noteLine(note)}`)]);
  return parts
    .map((lines) => `${lines.map((line) => `# ${line.replaceAll("\n", " ").trimEnd()}`).join("\n")}\n`)
    .join("\n");
}

export type { ExportedSection };
