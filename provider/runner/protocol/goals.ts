/** From Pulumi's messages to goals. The only place that knows the fields of a registration on the wire. */

import type alias from "@pulumi/pulumi/proto/alias_pb.js";
import type resource from "@pulumi/pulumi/proto/resource_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { UnsupportedError } from "../errors.ts";
import type { Alias, Goal, ReadGoal } from "../goal.ts";
import { normalize, type Properties } from "../values.ts";

type RegisterRequest = InstanceType<typeof resource.RegisterResourceRequest>;
type ReadRequest = InstanceType<typeof resource.ReadResourceRequest>;
type AliasMessage = InstanceType<typeof alias.Alias>;

export function propertiesOf(struct: Struct | undefined): Properties {
  return normalize((struct?.toJavaScript() ?? {}) as Properties);
}

export function goalOf(request: RegisterRequest): Goal {
  refuseUnsupported(request);
  const deletedWith = request.getDeletedwith();
  const timeouts = timeoutsOf(request);
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    inputs: propertiesOf(request.getObject()),
    provider: request.getProvider(),
    version: request.getVersion(),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([key, urns]) => [key, urns.getUrnsList()]),
    ),
    ...(request.hasProtect() ? { protect: request.getProtect() === true } : {}),
    ...(request.hasRetainondelete() ? { retainOnDelete: request.getRetainondelete() === true } : {}),
    ...(request.getDeletebeforereplacedefined() ? { deleteBeforeReplace: request.getDeletebeforereplace() } : {}),
    ...(deletedWith ? { deletedWith } : {}),
    ...(timeouts ? { customTimeouts: timeouts } : {}),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(aliasOf)],
  };
}

export function readGoalOf(request: ReadRequest): ReadGoal {
  if (request.getType() === "pulumi:pulumi:StackReference") throw new UnsupportedError("A StackReference");
  if (request.getPackageref()) throw new UnsupportedError(`The parameterized package of ${request.getType()}`);
  return {
    type: request.getType(),
    name: request.getName(),
    id: request.getId(),
    parent: request.getParent(),
    inputs: propertiesOf(request.getProperties()),
    provider: request.getProvider(),
    version: request.getVersion(),
    dependencies: request.getDependenciesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

function refuseUnsupported(request: RegisterRequest): void {
  const name = `"${request.getName()}" (${request.getType()})`;
  if (request.getRemote()) throw new UnsupportedError(`The remote component ${name}`);
  if (request.getImportid()) throw new UnsupportedError(`Importing ${name} with the option \`import\``);
  if (request.getPackageref()) throw new UnsupportedError(`The parameterized package of ${name}`);
  if (request.getReplaceWithList().length > 0) throw new UnsupportedError(`The option \`replaceWith\` of ${name}`);
  if (request.hasReplacementTrigger()) throw new UnsupportedError(`The option \`replacementTrigger\` of ${name}`);
  if (request.getTransformsList().length > 0) throw new UnsupportedError(`The option \`transforms\` of ${name}`);
  if (request.getType() === "pulumi:pulumi:StackReference") throw new UnsupportedError("A StackReference");
}

function aliasOf(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (!spec) return { urn: message.getUrn() };
  const parent = spec.hasNoparent() && spec.getNoparent() ? "" : spec.getParenturn() || undefined;
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    ...(parent === undefined ? {} : { parent }),
  };
}

/** Pulumi writes durations as Go does: "1h30m", "90s". */
function timeoutsOf(request: RegisterRequest): Goal["customTimeouts"] {
  const message = request.getCustomtimeouts();
  const entries = [
    ["create", message?.getCreate()],
    ["update", message?.getUpdate()],
    ["delete", message?.getDelete()],
  ].filter(([, text]) => text);
  return entries.length > 0 ? Object.fromEntries(entries.map(([key, text]) => [key, seconds(text!)])) : undefined;
}

function seconds(text: string): number {
  const unit: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
  return [...text.matchAll(/([\d.]+)(h|ms|m|us|µs|ns|s)/g)].reduce(
    (sum, [, number, name]) => sum + Number(number) * (unit[name ?? "s"] ?? 1),
    0,
  );
}
