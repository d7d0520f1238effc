/** What a checkpoint has to look like, as strict as the Pulumi CLI reads it. Keeps fields it doesn't know. Opens no secret. */
import { z } from "zod";
import type { Resource } from "./types.ts";

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");

/** The CLI's JSON reader takes null for "not given" in every field. */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const texts = z.array(z.string()).nullish();
/** By hand, for zod copies what it looks through: a state has thousands of them. */
const properties = z
  .custom<Record<string, unknown>>((value) => isMap(value), { error: "not a map of properties" })
  .nullish();
const time = z.iso.datetime({ offset: true, error: "not a time as 2026-01-31T12:00:00Z" }).nullish();

/** One resource in the form of the disk. Rules that need more than one field are in verify.ts. */
export const resource = z.looseObject({
  urn: z.string().min(1),
  type: z.string().min(1),
  custom: z.boolean().nullish(),
  id: text,
  parent: text,
  provider: text,
  dependencies: texts,
  propertyDependencies: z
    .custom<Record<string, string[] | null>>(
      (value) => isMap(value) && Object.values(value).every((urns) => urns === null || isTexts(urns)),
      { error: "not a list of URNs for each property" },
    )
    .nullish(),
  deletedWith: text,
  replaceWith: texts,
  viewOf: text,
  inputs: properties,
  outputs: properties,
  delete: flag,
  pendingReplacement: flag,
  protect: flag,
  external: flag,
  retainOnDelete: flag,
  initErrors: texts,
  additionalSecretOutputs: texts,
  ignoreChanges: texts,
  replaceOnChanges: texts,
  aliases: texts,
  customTimeouts: z
    .looseObject({ create: z.number().nullish(), update: z.number().nullish(), delete: z.number().nullish() })
    .nullish(),
  created: time,
  modified: time,
});

/** The content of a checkpoint file. */
export const checkpointFile = z.looseObject({
  version: z.number(),
  checkpoint: z.looseObject({
    latest: z
      .looseObject({
        manifest: z.looseObject({ time, version: text, magic: text }).nullish(),
        secrets_providers: z.looseObject({ type: text, state: z.unknown().optional() }).nullish(),
        resources: z.array(resource).nullish(),
        pending_operations: z.array(z.looseObject({ type: text, resource })).nullish(),
        snippets: z.array(z.looseObject({ uuid: z.string().min(1) })).nullish(),
        metadata: z.looseObject({}).nullish(),
      })
      .nullish(),
  }),
});

/** What is wrong, with the place: `checkpoint.latest.resources.3.protect: …`. */
export function issueOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join(".") || "the file"}: ${issue?.message ?? "not valid"}`;
}

/** Null fields are dropped, as the CLI does when it writes; `custom` is always there. */
export function withoutNulls(read: z.infer<typeof resource>): Resource {
  const isPlain = typeof read.custom === "boolean" && Object.values(read).every((value) => value !== null);
  if (isPlain) return read as Resource;
  return {
    custom: false,
    ...Object.fromEntries(Object.entries(read).filter(([, value]) => value !== null)),
  } as Resource;
}
