/** One thing that a deployment does to one resource: what it is, and how it is carried out and recorded. */

import { messageOf, PartialError, ProtectedError, ReportedError, RunnerError, UnknownOutcomeError } from "../errors.ts";
import { type ChangeKind, changedKeys, type Listener, type StepInfo, type StepOp } from "../events.ts";
import { rename } from "../graph.ts";
import type { Ledger } from "../ledger.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import type { Change, Operation, OperationType, Resource } from "../state/index.ts";
import { sameState, withResult } from "./state.ts";

export interface Step {
  readonly op: StepOp;
  /** The state as it stands in the ledger. */
  readonly old?: Resource;
  /** The wanted state, without what the call will give. */
  readonly next?: Resource;
  readonly keys?: Readonly<Record<string, ChangeKind>>;
  readonly replaces?: readonly string[];
  readonly detailed?: boolean;
  /** Undefined: no call is made. */
  readonly provider?: ResourceProvider | undefined;
  /** create-replacement: the old object is deleted at the end. */
  readonly deleteLater?: boolean;
  /** delete-replaced: the state stays, marked, until its replacement is made. */
  readonly replacementFollows?: boolean;
}

export interface StepEnvironment {
  readonly ledger: Ledger;
  readonly dryRun: boolean;
  readonly listener: Listener;
  /** Old URNs that became others by an alias in this run; what was read before the rename still has the old ones. */
  readonly renamed: Map<string, string>;
}

/** Does it, records it, tells about it. Gives the new state, none after a deletion. Rejects with ReportedError. */
export async function execute(step: Step, environment: StepEnvironment): Promise<Resource | undefined> {
  const { listener } = environment;
  const info = stepInfo(step);
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  listener({ type: "start", step: info });
  try {
    const state = await apply(step, environment);
    listener({ type: "done", step: state ? { ...info, next: state } : info, seconds: seconds() });
    return state;
  } catch (error) {
    listener({ type: "failed", step: info, message: messageOf(error), seconds: seconds() });
    throw new ReportedError(messageOf(error), { cause: error });
  }
}

function stepInfo(step: Step): StepInfo {
  const { op, old, next, replaces = [], detailed = false } = step;
  const urn = (next ?? old)?.urn ?? "";
  const keys = step.keys ?? (old && next ? changedKeys(old.inputs, next.inputs) : {});
  return { op, urn, keys, replaces, detailed, ...(old ? { old } : {}), ...(next ? { next } : {}) };
}

async function apply(step: Step, environment: StepEnvironment): Promise<Resource | undefined> {
  const { old, next } = step;
  switch (step.op) {
    case "replace":
      // Only shown: the state is what create-replacement gave.
      return undefined;
    case "same":
      return put(environment, old!, withResult(next!, old!.id, old!.outputs));
    case "create":
    case "create-replacement":
      return create(step, environment);
    case "update":
      return update(step, environment);
    case "delete":
    case "discard":
    case "delete-replaced":
      return remove(step, environment);
    case "read":
    case "refresh":
      throw new Error(`${step.op} is not a step of this kind`);
  }
}

async function create(step: Step, environment: StepEnvironment): Promise<Resource> {
  const { ledger, dryRun } = environment;
  const { old, provider, deleteLater } = step;
  const next = step.next!;
  const change = (state: Resource): Change => {
    if (!old) return { put: state };
    return deleteLater
      ? { replace: [[old, { ...old, delete: true }]], put: state }
      : takePlace(environment, old, state);
  };
  if (dryRun || !provider) {
    // A provider resource's outputs are its inputs, and its id is ours to choose.
    const state = dryRun || next.id ? withResult(next, next.id, outputsOf(next)) : next;
    await ledger.record(change(state));
    return state;
  }
  const cutOff = ledger.pending.some(({ type, resource }) => type === "creating" && resource.urn === next.urn);
  return call(ledger, "creating", next, change, async () => {
    const { id, outputs } = await provider.create(next.inputs ?? {}, cutOff);
    return withResult(next, id, outputs);
  });
}

/** Without what is the engine's own business (`__internal` of a provider resource). */
function outputsOf({ inputs = {} }: Resource): Resource["outputs"] {
  const { __internal: _, ...outputs } = inputs;
  return outputs;
}

async function update(step: Step, environment: StepEnvironment): Promise<Resource> {
  const { ledger, dryRun } = environment;
  const { provider } = step;
  const old = step.old!;
  const next = step.next!;
  if (dryRun || !provider) {
    const outputs = old.custom ? outputsOf(next) : old.outputs;
    return put(environment, old, withResult(next, old.id, outputs));
  }
  const before = withResult(next, old.id, old.outputs);
  return call(
    ledger,
    "updating",
    before,
    (state) => takePlace(environment, old, state),
    async () => {
      const outputs = await provider.update(old.id ?? "", old.inputs ?? {}, old.outputs ?? {}, next.inputs ?? {});
      return withResult(next, old.id, outputs);
    },
    // What was asked for is not reached: the next run compares with what was.
    (partial) => ({ ...partial, inputs: old.inputs ?? {} }),
  );
}

/** Intent first, then the call, then the outcome, each on disk before the next. */
async function call(
  ledger: Ledger,
  type: OperationType,
  resource: Resource,
  change: (state: Resource) => Change,
  act: () => Promise<Resource>,
  inPart: (state: Resource) => Resource = (state) => state,
): Promise<Resource> {
  const operation = await ledger.begin({ type, resource });
  let state: Resource;
  try {
    state = await act();
  } catch (error) {
    if (error instanceof PartialError) {
      const partial = inPart({ ...withResult(resource, error.id, error.outputs), initErrors: error.reasons });
      await finish(ledger, operation, change(partial), error.id);
    } else await failed(ledger, operation, error);
    throw error;
  }
  await finish(ledger, operation, change(state), state.id);
  return state;
}

const pastTense: Partial<Record<OperationType, string>> = {
  creating: "created",
  updating: "updated",
  deleting: "deleted",
};

/** Where the outcome can't be written down, a person has to learn what was done: the state doesn't know it. */
async function finish(ledger: Ledger, operation: Operation, change: Change, id: string | undefined): Promise<void> {
  try {
    await ledger.finish(operation, change);
  } catch (error) {
    const what = `${operation.urn} was ${pastTense[operation.type] ?? operation.type} (id "${id ?? ""}")`;
    throw new RunnerError(`${what}, but that could not be recorded: ${messageOf(error)}`, {
      hint: "The next run finds this operation among the pending ones and looks at the object.",
      cause: error,
    });
  }
}

/** The call's own error is the news. The journal has the operation as begun; the next record, or the next run, ends it. */
async function failed(ledger: Ledger, operation: Operation, error: unknown): Promise<void> {
  if (error instanceof UnknownOutcomeError) return;
  await ledger.fail(operation).catch(() => undefined);
}

async function remove(step: Step, environment: StepEnvironment): Promise<undefined> {
  const { ledger, dryRun } = environment;
  const old = step.old!;
  const change: Change = step.replacementFollows
    ? { replace: [[old, { ...followed(old, environment), pendingReplacement: true }]] }
    : { remove: [old] };
  if (step.op === "delete" && old.protect) {
    throw new ProtectedError(
      `resource "${old.urn}" cannot be deleted\nbecause it is protected. To unprotect it, remove \`protect\` from the ` +
        "resource in the program and run `up`.",
    );
  }
  if (dryRun || !step.provider) return void (await ledger.record(change));
  const operation = await ledger.begin({ type: "deleting", resource: old });
  try {
    await step.provider.delete(old.id ?? "", old.outputs ?? {});
  } catch (error) {
    await failed(ledger, operation, error);
    throw error;
  }
  await finish(ledger, operation, change, old.id);
}

/** Records a state in an old one's place, when they differ; gives the one that stands in the ledger. */
async function put(environment: StepEnvironment, old: Resource, next: Resource): Promise<Resource> {
  if (sameState(old, next)) return old;
  await environment.ledger.record(takePlace(environment, old, next));
  return next;
}

/** Under another URN (an alias) everybody who refers to the old one has to follow, or the state could not be opened. */
function takePlace({ ledger, renamed }: StepEnvironment, old: Resource, next: Resource): Change {
  if (old.urn === next.urn) return { replace: [[old, next]] };
  renamed.set(old.urn, next.urn);
  const moved = ledger.resources
    .map((resource): [Resource, Resource] => [resource, rename(resource, old.urn, next.urn)])
    .filter(([resource, renamed]) => renamed !== resource && resource.urn !== old.urn);
  return { replace: [[old, next], ...moved] };
}

/** An old state as it stands now, after the renames of this run. */
function followed(old: Resource, { renamed }: StepEnvironment): Resource {
  return [...renamed].reduce((state, [from, to]) => rename(state, from, to), old);
}
