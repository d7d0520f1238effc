/** Runs a program against Pulumi's mock monitor and tells what it declared, options included. Makes nothing. */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Declared {
  readonly type: string;
  readonly name: string;
  /** Secrets unwrapped; see `secrets`. */
  readonly inputs: Record<string, unknown>;
  /** Names of the inputs that are, or hold, a secret. */
  readonly secrets: readonly string[];
  /** Name of the parent. */
  readonly parent: string | undefined;
  /** Names of what was said in `dependsOn`, or follows from inputs. */
  readonly dependencies: readonly string[];
  /** Names of what the inputs come from. */
  readonly inputDependencies: readonly string[];
  readonly provider: string | undefined;
  readonly deleteBeforeReplace: boolean;
  readonly retainOnDelete: boolean;
}

/** The parts of the monitor's request that are looked at. */
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): { forEach(act: (value: { getUrnsList(): string[] }) => void): void };
  getDeletebeforereplace(): boolean;
  getRetainondelete(): boolean;
}

type Register = (request: Request, callback: unknown) => Promise<void>;

const { MockMonitor } = createRequire(import.meta.url)("@pulumi/pulumi/runtime/mocks") as {
  MockMonitor: { prototype: { registerResource: Register } };
};

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";

const isSecret = (value: unknown): value is { value: unknown } =>
  value !== null && typeof value === "object" && Reflect.get(value, SIGNATURE) === SECRET;

function plain(value: unknown): unknown {
  if (isSecret(value)) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value === UNKNOWN ? "(unknown)" : value;
}

const holdsSecret = (value: unknown): boolean =>
  isSecret(value) || (value !== null && typeof value === "object" && Object.values(value).some(holdsSecret));

function read(request: Request): Declared {
  const object = request.getObject()?.toJavaScript() ?? {};
  const from: string[] = [];
  request.getPropertydependenciesMap().forEach((value) => {
    from.push(...value.getUrnsList().map(nameOf));
  });
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: plain(object) as Record<string, unknown>,
    secrets: Object.keys(object).filter((key) => holdsSecret(object[key])),
    parent: request.getParent() === "" ? undefined : nameOf(request.getParent()),
    dependencies: [...new Set(request.getDependenciesList().map(nameOf))].sort(),
    inputDependencies: [...new Set(from)].sort(),
    provider: request.getProvider() === "" ? undefined : nameOf(request.getProvider().replace(/::[^:]*$/, "")),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    retainOnDelete: request.getRetainondelete(),
  };
}

/** What a resource of that type would answer, beside its inputs. */
export type Answers = Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>;

/**
 * Runs the program as preview does (`up: false`) or as the first `up`. Returns what was declared by name, and the outputs that
 * the program gave back, unwrapped.
 */
export async function declare(
  program: () => Record<string, pulumi.Input<unknown>> | undefined,
  options: { answers?: Answers; up?: boolean } = {},
): Promise<{ resources: Map<string, Declared>; outputs: Record<string, unknown>; secretOutputs: string[] }> {
  const resources = new Map<string, Declared>();
  const { registerResource } = MockMonitor.prototype;
  MockMonitor.prototype.registerResource = function (this: unknown, request, callback) {
    const one = read(request);
    if (resources.has(one.name)) throw new Error(`declared twice: ${one.name}`);
    resources.set(one.name, one);
    return registerResource.call(this, request, callback);
  };
  try {
    await pulumi.runtime.setMocks(
      {
        newResource: ({ type, name, inputs }) => ({
          id: `${name}-id`,
          state: { ...inputs, ...options.answers?.[type]?.(inputs) },
        }),
        call: () => ({}),
      },
      "project",
      "stack",
      options.up === false,
    );
    const given = program() ?? {};
    const outputs: Record<string, unknown> = {};
    const secretOutputs: string[] = [];
    for (const [key, value] of Object.entries(given)) {
      const output = pulumi.output(value);
      outputs[key] = await (output as unknown as { promise(): Promise<unknown> }).promise();
      if (await (output as unknown as { isSecret: Promise<boolean> }).isSecret) secretOutputs.push(key);
    }
    await pulumi.runtime.disconnect();
    return { resources, outputs, secretOutputs };
  } finally {
    MockMonitor.prototype.registerResource = registerResource;
  }
}
