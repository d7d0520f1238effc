/** A plan from the document of `preview --json`, which both engines write alike. Starts no engine. */
import { z } from "zod";
import { InputError } from "../errors.ts";
import { type Change, type ChangeOp, destroyOf, type Plan, type Values } from "./change.ts";
import { fieldsOf } from "./fields.ts";
import { masked } from "./mask.ts";
import { type Known, kindOf, Names } from "./names.ts";

const values = z.record(z.string(), z.unknown());
const state = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  custom: z.boolean().optional(),
  inputs: values.optional(),
  outputs: values.optional(),
  retainOnDelete: z.boolean().optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
});
const step = z.looseObject({
  op: z.string(),
  urn: z.string(),
  oldState: state.nullish(),
  newState: state.nullish(),
  diffReasons: z.array(z.string()).nullish(),
  replaceReasons: z.array(z.string()).nullish(),
});
const preview = z.looseObject({
  config: z.record(z.string(), z.unknown()).nullish(),
  steps: z.array(step).nullish(),
  diagnostics: z.array(z.looseObject({ message: z.string().optional(), severity: z.string().optional() })).nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

const MEMBERS = ["steps", "changeSummary", "diagnostics"];

type State = z.infer<typeof state>;
type Step = z.infer<typeof step>;

export interface PreviewOptions {
  /** `ROCKETCHAT_ON_DESTROY` where the configuration doesn't say it. */
  readonly onDestroy?: string | undefined;
  /** Resources beside those of the steps. */
  readonly known?: readonly Known[];
  /** What the document is called in messages. */
  readonly source?: string;
}

export interface Previewed {
  readonly plan: Plan;
  /** The same with names in the place of ids: for people. */
  readonly named: Plan;
}

const OPS: Readonly<Record<string, ChangeOp>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  import: "create",
};

/** Throws InputError for what is no such document. */
export function readPreview(document: unknown, options: PreviewOptions = {}): Previewed {
  const read = preview.safeParse(document);
  if (!read.success) throw notAPreview(options.source, read.error);
  // Every member may be missing: that some other file is one must not make it a preview of nothing.
  if (!MEMBERS.some((member) => member in read.data)) throw notAPreview(options.source);
  const { config, diagnostics, changeSummary } = read.data;
  const steps = read.data.steps ?? [];
  const configured = config?.["rocketchat:onDestroy"];
  const ofStack = typeof configured === "string" ? configured : options.onDestroy;
  const before = Object.entries(changeSummary ?? {}).filter(([op]) => op !== "create" && op !== "import");
  const rest = {
    managed: before.reduce((sum, [, count]) => sum + count, 0),
    problems: (diagnostics ?? []).flatMap(({ severity, message }) =>
      // An engine's message says itself that it is one.
      severity === "error" && message ? [message.trim().replace(/^error: /, "")] : [],
    ),
  };
  const changes = (name: Naming) => steps.flatMap((one) => changeOf(one, ofStack, name));
  const names = new Names([...(options.known ?? []), ...statesOf(steps)]);
  return {
    plan: { ...rest, changes: changes((_kind, inputs) => inputs) },
    named: {
      ...rest,
      changes: changes((kind, inputs, { propertyDependencies }) => names.in(kind, inputs, propertyDependencies ?? {})),
    },
  };
}

export interface StackOfPlan {
  readonly project: string;
  readonly stack: string;
}

/** Which stack a preview is of; undefined where it holds nothing, or is none. */
export function stackOfPreview(document: unknown): StackOfPlan | undefined {
  const [first] = preview.safeParse(document).data?.steps ?? [];
  const [, stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(first?.urn ?? "") ?? [];
  return stack === undefined || project === undefined ? undefined : { stack, project };
}

function notAPreview(source = "This", error?: z.ZodError): InputError {
  const [issue] = error?.issues ?? [];
  const where = issue === undefined ? "" : ` (${issue.path.join(".") || "at its top"}: ${issue.message})`;
  return new InputError(`${source} is not the document of a preview${where}.`, {
    hint: "Write one with `pulumi-rocketchat preview --json` or `pulumi preview --json`.",
  });
}

const statesOf = (steps: readonly Step[]): State[] =>
  steps.flatMap(({ oldState, newState }) => [oldState, newState].filter((one) => one !== null && one !== undefined));

type Naming = (kind: string, inputs: Values, state: State) => Values;

function changeOf(
  { op, urn, oldState, newState, diffReasons, replaceReasons }: Step,
  ofStack: string | undefined,
  name: Naming,
): Change[] {
  const known = OPS[op];
  const type = (newState ?? oldState)?.type;
  // A component, or an engine's own provider, is nothing on a server.
  if (known === undefined || type === undefined || (newState ?? oldState)?.custom === false) return [];
  if (type.startsWith("pulumi:providers:")) return [];
  const kind = kindOf(type);
  const told = (state: State) => name(kind, masked(kind, state.inputs ?? {}), state);
  const before = oldState && known !== "create" ? told(oldState) : undefined;
  const after = newState && known !== "delete" ? told(newState) : undefined;
  const gone = known === "delete" || known === "replace";
  const destroy = oldState?.retainOnDelete ? "retain" : destroyOf(kind, before ?? {}, ofStack);
  return [
    {
      kind,
      op: known,
      resource: urn.split("::").at(-1) ?? urn,
      urn,
      ...(before && { before }),
      ...(after && { after }),
      fields: fieldsOf(kind, before, after, {
        told: diffReasons ?? [],
        found: masked(kind, oldState?.outputs ?? {}),
      }),
      replaces: replaceReasons ?? [],
      ...(gone && { destroy }),
    },
  ];
}
