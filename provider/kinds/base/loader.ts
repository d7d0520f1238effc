/**
 * The `__provider` input: the only code of ours that lies in a stack's state. Part of the state format: frozen by a golden
 * test, and every text that was ever released must load for ever.
 */

/** Version of the contract between the stored text and `dynamic.ts`. */
const PROTOCOL = 1;

export const loader = (kind: string): string =>
  `exports.handler=()=>require("pulumi-rocketchat/dynamic").forKind("${kind}",${PROTOCOL})`;

const TYPES = "pulumi-nodejs:dynamic/rocketchat:";

/** As Pulumi's own dynamic resources are named; the engine starts the dynamic provider by it. */
export const typeToken = (kind: string): string => `${TYPES}${kind}`;

/** Undefined for a type that is not this package's. */
export const kindOfType = (type: string): string | undefined =>
  type.startsWith(TYPES) ? type.slice(TYPES.length) : undefined;
