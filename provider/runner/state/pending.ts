/** The list of operations of former runs whose end nobody saw. Memory only. */
import type { OperationType, PendingOperation } from "./types.ts";

export interface Pending {
  readonly all: readonly PendingOperation[];
  /** An operation of the same type on the same URN takes the place of an older one. */
  add(operation: PendingOperation): void;
  /** Drops those of one type on a URN. True when there was one. */
  drop(urn: string, type: OperationType): boolean;
  /**
   * An operation on this URN succeeded: drops what it made certain. An object that a lost "creating" may have made is found
   * by another create only, for a URN that is being replaced has an older object too. True when something was dropped.
   */
  settle(urn: string, succeeded: OperationType): boolean;
}

export function createPending(operations: readonly PendingOperation[]): Pending {
  let all = [...operations];
  const drop = (urn: string, type: OperationType) => {
    const left = all.filter((operation) => operation.resource.urn !== urn || operation.type !== type);
    const dropped = left.length < all.length;
    all = left;
    return dropped;
  };
  const settle = (urn: string, succeeded: OperationType) => {
    const types = new Set(all.filter(({ resource }) => resource.urn === urn).map(({ type }) => type));
    if (succeeded !== "creating" && succeeded !== "importing") types.delete("creating");
    return [...types].map((type) => drop(urn, type)).length > 0;
  };
  return {
    settle,
    get all() {
      return all;
    },
    add(operation) {
      drop(operation.resource.urn, operation.type);
      all.push(operation);
    },
    drop,
  };
}
