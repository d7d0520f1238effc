/** What the engine asks of a resource after it exists: diff, read, update, delete. Same rules for every kind. */
import { NetworkError, OwnershipError } from "../errors.ts";
import type { Failure } from "./check.ts";
import { compareInputs } from "./diff.ts";
import type { AnyHandler, Declared } from "./handler.ts";
import type { Session } from "./session.ts";
import { declaredIn, type Outputs, observed, outputsOf } from "./state.ts";

export interface Diff {
  /** `undefined`: the engine finds out which inputs differ, and shows them. */
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** No network while the address is the same; another address asks once per run who answers there. */
export async function diff(
  session: Session,
  handler: AnyHandler,
  id: string,
  olds: Outputs,
  news: Declared,
): Promise<Diff> {
  const { changed, replaces } = compareInputs(handler, olds, news);
  const place = await session.place(olds);
  // An object of another workspace can't be made there by changing it here.
  const needed = place === "other" ? ["serverUrl", ...replaces] : replaces;
  const { createBeforeDelete } = handler;
  const newFirst = typeof createBeforeDelete === "function" ? createBeforeDelete(olds, news) : createBeforeDelete;
  if (needed.length > 0) session.leave(handler.kind, id);
  else session.keep(handler.kind, id);
  return {
    changes: needed.length > 0 || place === "moved" ? true : changed.length > 0 ? undefined : false,
    replaces: needed,
    deleteBeforeReplace: place !== "other" && handler.uniqueKey && !newFirst,
  };
}

/** What the server says of inputs that are right by their schema. Where it can't be asked yet, `up` finds out. */
export async function foresee(
  session: Session,
  handler: AnyHandler,
  inputs: Declared,
  olds: Declared,
): Promise<Failure[]> {
  if (handler.foresee === undefined || !(await session.answers())) return [];
  try {
    const found = await handler.foresee(session.context, inputs, olds);
    return found.map(({ path, reason }) => ({ path, reason: `${path}: ${reason}` }));
  } catch (error) {
    if (error instanceof NetworkError) return [];
    throw error;
  }
}

export interface ReadResult {
  readonly id: string;
  readonly outputs: Outputs;
  readonly inputs: Declared;
}

/** Undefined when the object is gone, or put away so that only a create brings it back. */
export async function read(
  session: Session,
  handler: AnyHandler,
  id: string,
  olds: Outputs,
): Promise<ReadResult | undefined> {
  const declared = declaredIn(handler, olds);
  if (olds.serverUrl !== undefined && !(await session.answers())) return { id, inputs: declared, outputs: olds };
  await session.requireHome(handler.describe(declared), olds);
  const live = await handler.read(session.context, id, declared, { fresh: false, state: olds });
  if (live === undefined) return undefined;
  // `.get` names an object that no run of ours recorded: all that can be read of it counts, whatever its condition.
  const isLookUp = olds.serverUrl === undefined;
  if (!isLookUp && handler.isDormant?.(live, declared)) {
    session.context.log(
      `${handler.describe(declared)} was put away on the server by somebody; the next up brings it back.`,
    );
    return undefined;
  }
  const mapped = handler.map(live, session.context, declared);
  const inputs = isLookUp ? { ...declared, ...mapped.inputs } : observed(handler, declared, mapped);
  return { id: mapped.id, inputs, outputs: outputsOf(inputs, mapped, await session.identity()) };
}

export async function update(
  session: Session,
  handler: AnyHandler,
  id: string,
  olds: Outputs,
  news: Declared,
): Promise<Outputs> {
  const { context } = session;
  const what = handler.describe(news);
  await session.ready();
  await session.requireHome(what, olds);
  const previous = declaredIn(handler, olds);
  const live = await handler.read(context, id, { ...previous, ...news }, { fresh: true, state: olds });
  if (live === undefined) {
    throw new OwnershipError(`${what} (${id}) is no longer on the server, so it can't be changed.`, {
      hint: "Run `refresh`; the next `up` makes it again.",
    });
  }
  const dormant = handler.isDormant?.(live, news) === true;
  const changed = await handler.update(
    context,
    live,
    news,
    dormant ? { reason: "revived" } : { reason: "updated", previous },
  );
  const mapped = handler.map(changed, context, news);
  return outputsOf(observed(handler, news, mapped), mapped, await session.identity());
}

/** What happens to the object on destroy: the resource's `onDestroy`, else the stack's, else the kind's default. */
export function destroyMode(
  { onDestroy }: Pick<Session, "onDestroy">,
  handler: AnyHandler,
  declared: Declared,
): string {
  // "default" is also a mode of settings, which the stack's word for "each kind's own" does not mean.
  const ofStack = onDestroy !== "default" && handler.schema.destroy.includes(onDestroy) ? onDestroy : undefined;
  return (declared.onDestroy as string | undefined) ?? ofStack ?? handler.schema.destroy[0];
}

/** Gone already is success. */
export async function remove(session: Session, handler: AnyHandler, id: string, olds: Outputs): Promise<void> {
  const declared = declaredIn(handler, olds);
  const what = handler.describe(declared);
  session.refuseDelete(handler.kind, id, what);
  const mode = destroyMode(session, handler, declared);
  if (mode === "retain") return;
  await session.ready();
  await session.requireHome(what, olds);
  await handler.delete(session.context, id, declared, mode, olds);
}
