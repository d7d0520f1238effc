/**
 * Users and memberships by what calls name them by, so that a large workspace doesn't slow each call. Derived from the
 * state when first asked for, and kept beside it: the file holds nothing of it. Knows no rule and no route.
 *
 * Whoever adds, removes or renames goes through the functions here; a document that is written past them isn't found.
 */
import type { State, SubscriptionDoc, UserDoc } from "./state.ts";

/** Documents by each of their keys, in the order in which they were put in. */
class Lookup<T extends object> {
  readonly #keysOf: (document: T) => readonly string[];
  readonly #byKey = new Map<string, Set<T>>();
  readonly #keys = new Map<T, readonly string[]>();

  constructor(documents: Iterable<T>, keysOf: (document: T) => readonly string[]) {
    this.#keysOf = keysOf;
    for (const document of documents) this.put(document);
  }

  /** Adds a document, or takes note of its new keys. */
  put(document: T): void {
    this.drop(document);
    const keys = this.#keysOf(document);
    this.#keys.set(document, keys);
    for (const key of keys) {
      const found = this.#byKey.get(key);
      if (found) found.add(document);
      else this.#byKey.set(key, new Set([document]));
    }
  }

  drop(document: T): void {
    for (const key of this.#keys.get(document) ?? []) {
      const found = this.#byKey.get(key);
      found?.delete(document);
      if (found?.size === 0) this.#byKey.delete(key);
    }
    this.#keys.delete(document);
  }

  all(key: string): T[] {
    return [...(this.#byKey.get(key) ?? [])];
  }
}

interface Lookups {
  users: Lookup<UserDoc>;
  subscriptions: Lookup<SubscriptionDoc>;
}

const kept = new WeakMap<State, Lookups>();

const nameKey = (username: string): string => `name ${username.toLowerCase()}`;
const emailKey = (address: string): string => `email ${address.toLowerCase()}`;
const roomKey = (roomId: string): string => `room ${roomId}`;
const userKey = (userId: string): string => `user ${userId}`;
const pairKey = (roomId: string, userId: string): string => `pair ${roomId} ${userId}`;

function lookups(state: State): Lookups {
  let found = kept.get(state);
  if (!found) {
    found = {
      users: new Lookup(Object.values(state.users), ({ username, emails = [] }) => [
        nameKey(username),
        ...emails.map(({ address }) => emailKey(address)),
      ]),
      subscriptions: new Lookup(Object.values(state.subscriptions), ({ rid, u }) => [
        roomKey(rid),
        userKey(u._id),
        pairKey(rid, u._id),
      ]),
    };
    kept.set(state, found);
  }
  return found;
}

/** Adds an account, or takes note that its username or addresses changed. */
export function putUser(state: State, user: UserDoc): void {
  state.users[user._id] = user;
  lookups(state).users.put(user);
}

export function dropUser(state: State, user: UserDoc): void {
  delete state.users[user._id];
  lookups(state).users.drop(user);
}

export function putSubscription(state: State, subscription: SubscriptionDoc): void {
  state.subscriptions[subscription._id] = subscription;
  lookups(state).subscriptions.put(subscription);
}

export function dropSubscription(state: State, subscription: SubscriptionDoc): void {
  delete state.subscriptions[subscription._id];
  lookups(state).subscriptions.drop(subscription);
}

/** Accounts of that username, whatever its case. */
export const usersNamed = (state: State, username: string): UserDoc[] => lookups(state).users.all(nameKey(username));

/** Accounts of that address, whatever its case. */
export const usersMailed = (state: State, address: string): UserDoc[] => lookups(state).users.all(emailKey(address));

export const subscriptionOf = (state: State, userId: string, roomId: string): SubscriptionDoc | undefined =>
  lookups(state).subscriptions.all(pairKey(roomId, userId))[0];

/** Of one room, oldest first. */
export const subscriptionsIn = (state: State, roomId: string): SubscriptionDoc[] =>
  lookups(state).subscriptions.all(roomKey(roomId));

/** Of one account, oldest first. */
export const subscriptionsBy = (state: State, userId: string): SubscriptionDoc[] =>
  lookups(state).subscriptions.all(userKey(userId));
