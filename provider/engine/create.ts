/** Makes a declared object exist: made new, found and taken over, or woken up. One flow for all of them. */
import { ConflictError, NetworkError, OwnershipError, PartialCreateError, UnexpectedResponseError } from "../errors.ts";
import { inputsOf } from "./check.ts";
import type { AnyHandler, Change, Declared } from "./handler.ts";
import { rulesOf } from "./schema.ts";
import type { Session } from "./session.ts";
import { type Outputs, observed, outputsOf } from "./state.ts";
import { isUnrecordedWork } from "./takeover.ts";

export interface Created {
  readonly id: string;
  readonly outputs: Outputs;
}

/** Thrown when the object exists, but not as declared: the engine records it and repairs it on the next run. */
export class Unfinished extends PartialCreateError {
  readonly outputs: Outputs;

  constructor(message: string, created: Created, cause: unknown) {
    super(message, created.id, { cause });
    this.outputs = created.outputs;
  }
}

const DONE = { created: "made", adopted: "taken over", revived: "brought back", updated: "changed" } as const;

interface Start {
  readonly live: unknown;
  readonly change: Change;
}

/** A write whose effect is not known: it may have reached the server, and its answer did not reach us. */
const answerLost = (error: unknown): boolean =>
  (error instanceof NetworkError || error instanceof UnexpectedResponseError) && error.maybeSent === true;

/**
 * Throws OwnershipError when something that is not this program's stands in the place; Unfinished when the object was made
 * but could not be brought into the declared form.
 */
export async function create(session: Session, handler: AnyHandler, inputs: Declared): Promise<Created> {
  const { context } = session;
  await session.ready();
  const identity = await session.identity();
  const start = await begin(session, handler, inputs);
  const before = handler.map(start.live, context, inputs);
  // The server may have answered with what another resource of this run stands for (edges, invites).
  if (start.change.reason === "created") refuseSecond(session, handler, inputs, before.id);
  session.keep(handler.kind, before.id);
  try {
    const live = await handler.update(context, start.live, inputs, start.change);
    const mapped = handler.map(live, context, inputs);
    return { id: mapped.id, outputs: outputsOf(observed(handler, inputs, mapped), mapped, identity) };
  } catch (error) {
    // An adoption that failed has recorded nothing and is tried again as a whole.
    if (start.change.reason === "adopted" && (inputs.adopt === true || handler.existingIsOurs)) throw error;
    // What can't be read back may not have been set: left out, the repair sends it.
    const outputs = outputsOf(observed(handler, withoutWriteOnly(handler, inputs), before), before, identity);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unfinished(
      `${handler.describe(inputs)} was ${DONE[start.change.reason]}, but not everything that is declared could be set:\n  ${reason}\n  It is recorded; the next run goes on from there.`,
      { id: before.id, outputs },
      error,
    );
  }
}

async function begin(session: Session, handler: AnyHandler, inputs: Declared): Promise<Start> {
  const { context } = session;
  if (!handler.uniqueKey || inputs.adopt === true) {
    const live = await handler.find(context, inputs);
    if (live !== undefined && !session.leaves(handler.kind, handler.map(live, context, inputs).id)) {
      return take(session, handler, inputs, live);
    }
  }
  try {
    return { live: await handler.create(context, inputs), change: { reason: "created" } };
  } catch (error) {
    if (!(error instanceof ConflictError) && !answerLost(error)) throw error;
    const live = await handler.find(context, inputs);
    if (live !== undefined) return take(session, handler, inputs, live);
    // The name is free after all: another value collides, or the request never arrived.
    if (!answerLost(error)) throw error;
    return { live: await handler.create(context, inputs), change: { reason: "created" } };
  }
}

function refuseSecond(session: Session, handler: AnyHandler, inputs: Declared, id: string): void {
  if (!session.keeps(handler.kind, id)) return;
  throw new OwnershipError(
    `${handler.describe(inputs)} is declared twice: another resource of this program stands for the same object.`,
    { hint: "Keep one of the two." },
  );
}

async function take(session: Session, handler: AnyHandler, inputs: Declared, live: unknown): Promise<Start> {
  const { context } = session;
  const what = handler.describe(inputs);
  refuseSecond(session, handler, inputs, handler.map(live, context, inputs).id);
  if (handler.existingIsOurs) return { live, change: { reason: "adopted" } };
  if (handler.isDormant?.(live, inputs)) {
    context.log(`${what} was there already, put away; it is brought back.`);
    return { live, change: { reason: "revived" } };
  }
  if (inputs.adopt === true) return { live, change: { reason: "adopted" } };
  if (await isUnrecordedWork(context, handler, live, inputs)) {
    context.log(`${what} was there already, made by an earlier run that could not record it; it is taken over.`);
    return { live, change: { reason: "adopted" } };
  }
  throw new OwnershipError(`${what} exists already at ${context.client.url} and is not managed by this resource.`, {
    hint:
      "To manage the existing one, set `adopt: true`. If the resource was only renamed in the program, give it " +
      '`aliases: [{ name: "<old name>" }]`. Otherwise choose another name.',
  });
}

function withoutWriteOnly(handler: AnyHandler, inputs: Declared): Declared {
  const { shape } = inputsOf(handler);
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !rulesOf(shape[key]).writeOnly));
}
