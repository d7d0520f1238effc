/**
 * Base of all resource classes: hands a kind's arguments to Pulumi and checks what is known of them at once.
 * Knows schemas, not behaviour: that runs in the provider process, reached by the loader string.
 */
import * as pulumi from "@pulumi/pulumi";
import { check } from "../../engine/check.ts";
import type { AnyHandler } from "../../engine/handler.ts";
import { holdsSecret, secretOutputs, UNKNOWN } from "../../engine/schema.ts";
import { inspecting, reportInvalid } from "./invalid.ts";
import { LoadedResource } from "./loaded.ts";

/** Arguments as programs give them: each value, at any depth, may be an output of another resource. */
export type Args<T> = { [K in keyof T]: pulumi.Input<DeepInput<Exclude<T[K], undefined>>> | Extract<T[K], undefined> };

type DeepInput<T> = T extends string | number | boolean | null
  ? T
  : T extends readonly (infer E)[]
    ? pulumi.Input<DeepInput<E>>[]
    : T extends object
      ? { [K in keyof T]: pulumi.Input<DeepInput<Exclude<T[K], undefined>>> | Extract<T[K], undefined> }
      : T;

/** What every kind takes beside its own arguments. */
export interface CommonArgs<Destroy extends string = string> {
  /** Take over an object that is there already, instead of failing. Default false. */
  adopt?: pulumi.Input<boolean>;
  /** What removing the resource from the program does to the object. Default: the first mode that the kind lists. */
  onDestroy?: pulumi.Input<Destroy>;
}

/** A Rocket.Chat object managed by Pulumi. */
export abstract class RocketChatResource extends LoadedResource {
  /** Address of the server that holds the object, without a trailing slash. */
  declare readonly serverUrl: pulumi.Output<string>;
  /** The workspace's `uniqueID`; stays the same when the address changes. */
  declare readonly workspaceId: pulumi.Output<string>;

  protected constructor(handler: AnyHandler, name: string, args: object, opts: pulumi.CustomResourceOptions = {}) {
    const { inputs, outputs } = handler.schema;
    const given = args as Record<string, unknown>;
    const props: pulumi.Inputs = { serverUrl: undefined, workspaceId: undefined };
    for (const key of Object.keys(outputs)) props[key] = undefined;
    for (const [key, value] of Object.entries(given)) {
      props[key] = value !== undefined && holdsSecret(inputs.shape[key]) ? pulumi.secret(value) : value;
    }

    // `.get` names an existing object by id and has no arguments to check.
    if (opts.id === undefined) {
      const { inputs: checked, failures } = check(handler, knownPart(given), { reveal: true });
      if (failures.length > 0) props.invalid = reportInvalid(handler.kind, name, failures);
      else if (handler.inspect) inspecting(handler.kind, name, handler.inspect(checked));
    }
    super(handler.kind, name, props, secretOutputs(handler.schema), opts);
  }
}

/** Replaces what a program does not know yet (outputs, promises) by Pulumi's mark for unknown values. */
export function knownPart<T>(value: T): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return UNKNOWN;
  // What an asset holds is a promise; the engine looks at it.
  if (pulumi.asset.Asset.isInstance(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(knownPart);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownPart(inner)]));
  }
  return value;
}
