/** One object that a document declares, checked, and what it depends on. */
import type { AnyHandler, Declared } from "../engine/handler.ts";
import type { MapTree, Place } from "./read/tree.ts";

/** Where a secret comes from; it never stands in the document. */
export interface SecretReference {
  /** Inside the entry's inputs: `["password"]`. */
  readonly path: readonly (string | number)[];
  readonly source: { readonly secret: string } | { readonly env: string };
  readonly at: Place;
}

export interface Entry {
  readonly handler: AnyHandler;
  /** The keys that lead to it inside its section: `["general", "alice"]`. */
  readonly keys: readonly string[];
  /** `channelMembers.general.alice`: for messages. */
  readonly path: string;
  /** As the resource is named: `general/alice`. */
  readonly name: string;
  /** Its former name in the document, after a rename. */
  readonly was: string | undefined;
  /** Checked; a secret reference stands as an unknown value. */
  readonly inputs: Declared;
  readonly secrets: readonly SecretReference[];
  /** Arguments that it has from the section's `defaults` alone. */
  readonly defaulted: readonly string[];
  readonly tree: MapTree;
  /** Where its key stands. */
  readonly at: Place;
}
