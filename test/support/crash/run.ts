/**
 * One run of the real engine on the real state layer with the real handlers, in this process. Only the program's process is
 * left out: its registrations are given as a list. Knows no test.
 */
import { Deployment } from "../../../provider/runner/deployment.ts";
import { destroy } from "../../../provider/runner/destroy.ts";
import type { Listener, RunEvent } from "../../../provider/runner/events.ts";
import { emptyGoal, type Goal, type Registered } from "../../../provider/runner/goal.ts";
import { previewLedger } from "../../../provider/runner/ledger.ts";
import { settlePending } from "../../../provider/runner/pending.ts";
import { dynamicPackage } from "../../../provider/runner/providers/dynamic.ts";
import { createProviders } from "../../../provider/runner/providers/registry.ts";
import { refresh } from "../../../provider/runner/refresh.ts";
import { type Keyring, openStack, type StackStore, secret } from "../../../provider/runner/state/index.ts";
import { UNKNOWN } from "../../../provider/runner/values.ts";
import type { Reference, Registration, SecretMark } from "./goals.ts";

export const PROJECT = "crash";
export const STACK = "dev";
const STACK_TYPE = "pulumi:pulumi:Stack";
const PARALLEL = 4;

export interface Run {
  readonly verb: "up" | "refresh" | "destroy";
  /** Holds `.pulumi`. */
  readonly folder: string;
  /** From where the handlers' package is found. */
  readonly programFolder: string;
  readonly registrations: readonly Registration[];
  /** Of the default provider. */
  readonly config: Readonly<Record<string, string>>;
  readonly salt: string;
}

export const openState = (run: Pick<Run, "folder" | "salt">, keyring: Keyring, write: boolean): Promise<StackStore> =>
  openStack({
    backend: { url: `file://${run.folder}`, root: run.folder },
    project: PROJECT,
    stack: STACK,
    keyring,
    salt: run.salt,
    write,
  });

/** What it told; throws when it failed. */
export async function perform(run: Run, keyring: Keyring, dryRun = false): Promise<RunEvent[]> {
  const store = await openState(run, keyring, !dryRun);
  const events: RunEvent[] = [];
  try {
    const ok = await act(run, store, (event) => events.push(event), dryRun).finally(() => dryRun || store.save());
    if (!ok) {
      const said = events.flatMap((event) => ("message" in event ? [event.message] : []));
      throw new Error(`${run.verb} failed:\n${said.join("\n")}`);
    }
    return events;
  } finally {
    await store.close();
  }
}

async function act(run: Run, store: StackStore, listener: Listener, dryRun: boolean): Promise<boolean> {
  const newProviders = () =>
    createProviders({
      "pulumi-nodejs": (config) => dynamicPackage({ config, folder: run.programFolder, project: PROJECT }),
    });
  const providers = newProviders();
  const ofProgram = newProviders();
  const shared = {
    ledger: dryRun ? previewLedger(store) : store,
    providers,
    listener,
    dryRun,
    parallel: PARALLEL,
    signal: new AbortController().signal,
  };
  try {
    if (run.verb !== "destroy") await settlePending(shared);
    if (run.verb === "refresh") return await refresh(shared);
    if (run.verb === "destroy") return await destroy(shared);
    const deployment = new Deployment({
      ...shared,
      providers: ofProgram,
      project: PROJECT,
      stack: STACK,
      defaultInputs: () => Object.fromEntries(Object.entries(run.config)),
    });
    const registered = await Promise.allSettled(registerAll(deployment, run.registrations));
    await deployment.drain();
    if (deployment.failed || registered.some(({ status }) => status === "rejected")) return false;
    await deployment.finish();
    return !deployment.failed;
  } finally {
    await Promise.all([providers.dispose(), ofProgram.dispose()]);
  }
}

/** All at once, as a program does; who needs another's output waits for it. */
function registerAll(deployment: Deployment, registrations: readonly Registration[]): Promise<unknown>[] {
  const stack = deployment.register(goal({ type: STACK_TYPE, name: `${PROJECT}-${STACK}`, custom: false }));
  const made = new Map<string, Promise<Registered>>();
  for (const registration of registrations) made.set(registration.name, register(registration));
  return [stack.then(({ urn }) => deployment.registerOutputs(urn, {})), ...made.values()];

  async function register({ name, type, inputs, secretOutputs, uses }: Registration): Promise<Registered> {
    const parent = await stack;
    const needed = new Map<string, Registered>();
    for (const other of new Set(Object.values(uses).flat())) needed.set(other, await made.get(other)!);
    const urnsOf = (names: readonly string[]) => names.map((other) => needed.get(other)!.urn);
    return deployment.register(
      goal({
        type,
        name,
        parent: parent.urn,
        inputs: resolve(inputs, needed) as Record<string, unknown>,
        additionalSecretOutputs: secretOutputs,
        dependencies: urnsOf([...needed.keys()]),
        propertyDependencies: Object.fromEntries(Object.entries(uses).map(([key, names]) => [key, urnsOf(names)])),
      }),
    );
  }
}

/** Marked values as the wire has them. */
function resolve(value: unknown, needed: ReadonlyMap<string, Registered>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, needed));
  if (typeof value !== "object" || value === null) return value;
  if ("$secret" in value) return secret(resolve((value as SecretMark).$secret, needed));
  if ("$from" in value) {
    const { $from, property } = value as Reference;
    const { id, outputs } = needed.get($from)!;
    return property === "id" ? id || UNKNOWN : (outputs[property] ?? UNKNOWN);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, needed)]));
}

const goal = (given: Partial<Goal> & Pick<Goal, "type" | "name">): Goal => ({
  ...emptyGoal,
  ...given,
});
