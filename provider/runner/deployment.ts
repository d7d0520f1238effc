/**
 * One run over a program's registrations: plans each (one at a time, as Pulumi does), carries the steps out in parallel,
 * and at the end deletes what the program no longer declares. Knows neither gRPC nor any package's objects.
 */

import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { messageOf, RunnerError, UnsupportedError } from "./errors.ts";
import type { Listener } from "./events.ts";
import type { Goal, ReadGoal, Registered } from "./goal.ts";
import type { Ledger } from "./ledger.ts";
import { Limit } from "./limit.ts";
import { providerOfState } from "./providers/of-state.ts";
import type { ResourceProvider } from "./providers/provider.ts";
import type { Providers } from "./providers/registry.ts";
import type { Resource } from "./state/index.ts";
import { aliasUrns } from "./steps/aliases.ts";
import { type Deletion, deleteAll } from "./steps/delete.ts";
import { replacedDependents } from "./steps/dependents.ts";
import { decide } from "./steps/diff.ts";
import { ignoreChanges } from "./steps/ignore-changes.ts";
import { carryOver, sameState, wantedState, withResult } from "./steps/state.ts";
import { execute, type Step, type StepEnvironment, StepFailed } from "./steps/step.ts";
import { isProviderType, makeUrn, packageOf, parseProviderReference, STACK_TYPE } from "./urn.ts";
import { hasSecret, hasUnknown, masked, type Properties, UNKNOWN } from "./values.ts";

export interface DeploymentOptions {
  readonly project: string;
  readonly stack: string;
  readonly dryRun: boolean;
  /** Calls at once. Default: four per processor, as the CLI. */
  readonly parallel?: number | undefined;
  readonly ledger: Ledger;
  readonly providers: Providers;
  readonly listener: Listener;
  /** Inputs of a package's default provider, from the stack's configuration. */
  readonly defaultInputs: (packageName: string) => Properties;
}

/** The run was stopped: whoever waits for an answer must not get one. */
export class Stopped extends Error {}

export class Deployment {
  readonly #options: DeploymentOptions;
  readonly #planning = new Limit(1);
  readonly #calls: Limit;
  readonly #running = new Set<Promise<unknown>>();
  /** The state as it was when the run began. */
  readonly #olds: readonly Resource[];
  readonly #seen = new Set<string>();
  /** New states by URN. */
  readonly #news = new Map<string, Resource>();
  /** Old URN by new URN, for what was found under another name. */
  readonly #aliases = new Map<string, string>();
  /** Old states that a new one stands for. */
  readonly #kept = new Set<Resource>();
  /** Old states whose objects go at the end: a replacement is made. */
  readonly #replaced = new Set<Resource>();
  /** Old states whose objects were deleted before their replacement is made; with the properties that made it so. */
  readonly #deletedFirst = new Map<Resource, readonly string[]>();
  readonly #steps: StepEnvironment;
  #stackOutputs: Properties | undefined;
  #stopped = false;
  /** True once anything went wrong. */
  failed = false;
  /** Resolves when the run is to end before the program does. */
  readonly aborted: Promise<void>;
  #abort: () => void = () => {};

  constructor(options: DeploymentOptions) {
    this.#options = options;
    this.#calls = new Limit(options.parallel ?? availableParallelism() * 4);
    this.#olds = options.ledger.resources;
    this.#steps = { ...options, renamed: new Map() };
    this.aborted = new Promise((resolve) => {
      this.#abort = resolve;
    });
  }

  /** No new calls; those in flight end and are recorded. */
  stop(): void {
    this.#stopped = true;
    this.#abort();
  }

  /** Something outside a step went wrong: says so and stops. */
  fail(message: string, urn?: string): void {
    if (!this.#stopped) {
      this.#options.listener({ type: "diagnostic", severity: "error", message, ...(urn ? { urn } : {}) });
    }
    this.failed = true;
    this.stop();
  }

  /** Waits for what is in flight. */
  async drain(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  register(goal: Goal): Promise<Registered> {
    const urn = this.#urn(goal);
    return this.#guarded(urn, async () => {
      const steps = await this.#planning.run(() => this.#plan(goal, urn));
      const state = await this.#calls.run(() => this.#execute(steps));
      this.#news.set(urn, state);
      return { urn, id: state.id ?? "", outputs: state.outputs ?? (goal.custom ? (state.inputs ?? {}) : {}) };
    });
  }

  /** `.get`: an object that is somebody else's. */
  read(goal: ReadGoal): Promise<Registered> {
    const urn = this.#urn(goal);
    return this.#guarded(urn, async () => {
      const { provider, reference, old } = await this.#planning.run(() => this.#planRead(goal, urn));
      const state = await this.#calls.run(() => this.#read(goal, urn, provider, reference, old));
      return { urn, id: goal.id === UNKNOWN ? "" : goal.id, outputs: state.outputs ?? {} };
    });
  }

  /** Outputs of a component. Those of the stack wait for the program's good end: a program that throws sends empty ones. */
  async registerOutputs(urn: string, outputs: Properties): Promise<void> {
    const state = this.#news.get(urn);
    if (state === undefined) return;
    if (state.type === STACK_TYPE) this.#stackOutputs = outputs;
    else await this.#recordOutputs(state, outputs);
  }

  /** The program ended well: deletes what it doesn't declare, and keeps the stack's outputs. */
  async finish(): Promise<void> {
    const stack = [...this.#news.values()].find((state) => state.type === STACK_TYPE);
    if (stack && this.#stackOutputs) {
      const old = this.#olds.find((state) => state.urn === stack.urn)?.outputs ?? {};
      await this.#recordOutputs(stack, this.#stackOutputs);
      this.#options.listener({ type: "outputs", old, next: this.#stackOutputs });
    }
    const gone = this.#olds.filter((old) => !this.#kept.has(old));
    const ended = await deleteAll(
      gone.map((old) => this.#deletion(old)),
      {
        ...this.#steps,
        calls: this.#calls,
        stopped: () => this.#stopped,
        providerOf: (resource) => this.#providerOf(resource),
      },
    );
    if (!ended) this.failed = true;
  }

  #deletion(old: Resource): Deletion {
    if (old.external) return { resource: old, op: "discard" };
    return { resource: old, op: old.delete || this.#replaced.has(old) ? "delete-replaced" : "delete" };
  }

  #urn(goal: Pick<Goal, "parent" | "type" | "name">): string {
    return makeUrn(this.#options.stack, this.#options.project, goal.parent, goal.type, goal.name);
  }

  async #guarded<T>(urn: string, act: () => Promise<T>): Promise<T> {
    if (this.#stopped) throw new Stopped();
    const running = act();
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      if (error instanceof StepFailed) {
        this.failed = true;
        this.stop();
      } else if (!(error instanceof Stopped)) this.fail(messageOf(error), urn);
      throw new Stopped();
    } finally {
      this.#running.delete(running);
    }
  }

  async #execute(steps: readonly Step[]): Promise<Resource> {
    let state: Resource | undefined;
    for (const step of steps) {
      if (this.#stopped) throw new Stopped();
      state = (await execute(step, this.#steps)) ?? state;
    }
    return state!;
  }

  async #plan(goal: Goal, urn: string): Promise<Step[]> {
    if (this.#stopped) throw new Stopped();
    this.#claim(urn);
    const managed = goal.custom && !isProviderType(goal.type);
    const reference = managed ? goal.provider || (await this.#defaultProvider(goal)) : "";
    const old = this.#find(goal, urn);
    const recreated = old !== undefined && (this.#deletedFirst.has(old) || old.pendingReplacement === true);
    const wanted = old ? ignoreChanges(goal.inputs, old.inputs ?? {}, goal.ignoreChanges) : goal.inputs;
    const provider = managed ? await this.#provider(reference, goal.type, wanted) : undefined;
    const fresh = old === undefined || recreated || old.external === true;

    const inputs = await this.#check(
      goal,
      urn,
      provider,
      fresh ? {} : (old.inputs ?? {}),
      fresh ? goal.inputs : wanted,
    );
    const state = (checked: Properties) => wantedState(goal, urn, checked, reference);
    if (isProviderType(goal.type)) this.#options.providers.configure(urn, packageOf(goal.type), inputs);

    if (old === undefined) return [{ op: "create", next: this.#named(state(inputs)), provider }];
    this.#kept.add(old);
    if (recreated) return this.#replace(old, state(inputs), provider, this.#deletedFirst.get(old) ?? [], false);
    if (old.external) {
      this.#replaceLater(old);
      return this.#replace(old, state(inputs), provider, [], true);
    }

    const forced = (old.initErrors?.length ?? 0) > 0 || this.#leftHalfDone(urn);
    const unconfigured = managed && provider === undefined;
    const decision = await decide(goal, old, inputs, provider, forced || unconfigured);
    const { keys, detailed, replaces } = decision;
    const next = carryOver(state(inputs), old);
    if (decision.action === "same") return [{ op: "same", old, next, keys: {} }];
    if (decision.action === "update") return [{ op: "update", old, next, keys, detailed, provider }];

    if (old.protect)
      throw new RunnerError(
        `unable to replace resource "${urn}" as it is currently marked for protection. To unprotect it, remove \`protect\` from the resource in the program and run \`up\`.`,
      );
    const replacement = state(await this.#check(goal, urn, provider, {}, goal.inputs));
    if (decision.deleteBeforeReplace) {
      return [
        ...(await this.#deleteFirst(old, replaces)),
        ...this.#replace(old, replacement, provider, replaces, false),
      ];
    }
    this.#replaceLater(old);
    return this.#replace(old, replacement, provider, replaces, true);
  }

  #claim(urn: string): void {
    if (this.#seen.has(urn)) throw new RunnerError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.#seen.add(urn);
  }

  #leftHalfDone(urn: string): boolean {
    return this.#options.ledger.pending.some(({ type, resource }) => type === "updating" && resource.urn === urn);
  }

  /** Provider resources get their id from the engine. */
  #named(state: Resource): Resource {
    return isProviderType(state.type) && !this.#options.dryRun ? { ...state, id: randomUUID() } : state;
  }

  #replaceLater(old: Resource): void {
    this.#kept.delete(old);
    this.#replaced.add(old);
  }

  #replace(
    old: Resource,
    next: Resource,
    provider: ResourceProvider | undefined,
    replaces: readonly string[],
    deleteLater: boolean,
  ): Step[] {
    const create: Step = { op: "create-replacement", old, next, provider, replaces, deleteLater };
    const replace: Step = { op: "replace", old, next, replaces };
    return deleteLater ? [create, { ...replace }] : [replace, create];
  }

  /** Deletes an object, and before it the dependents that would be replaced as well: those are made again when they register. */
  async #deleteFirst(root: Resource, replaces: readonly string[]): Promise<Step[]> {
    const states = this.#olds.filter((state) => !this.#kept.has(state) || state === root);
    const dependents = await replacedDependents(root, states, (resource) => this.#providerOf(resource));
    const doomed = new Map([[root, replaces] as const, ...dependents]);
    const steps: Step[] = [];
    for (const [old, keys] of [...doomed].reverse()) {
      if (this.#deletedFirst.has(old)) continue;
      if (old.protect)
        throw new RunnerError(
          `unable to replace resource "${old.urn}" as part of replacing "${root.urn}" as it is currently marked for protection. To unprotect it, remove \`protect\` from the resource in the program and run \`up\`.`,
        );
      this.#deletedFirst.set(old, keys);
      const provider = old.retainOnDelete ? undefined : await this.#providerOf(old);
      steps.push({ op: "delete-replaced", old, provider, replacementFollows: true });
    }
    return steps;
  }

  /** The old state of a resource: under its URN, else under one of its aliases. */
  #find(goal: Goal, urn: string): Resource | undefined {
    const live = (name: string) => this.#olds.find((state) => state.urn === name && !state.delete);
    const own = live(urn);
    if (own) return own;
    for (const alias of aliasUrns(goal, this.#options, this.#aliases.get(goal.parent))) {
      const old = live(alias);
      if (!old) continue;
      if (this.#kept.has(old) || this.#replaced.has(old)) {
        throw new RunnerError(`The alias ${alias} of ${urn} belongs to another resource of the program.`);
      }
      this.#aliases.set(urn, alias);
      return old;
    }
    return undefined;
  }

  async #check(
    goal: Goal,
    urn: string,
    provider: ResourceProvider | undefined,
    olds: Properties,
    news: Properties,
  ): Promise<Properties> {
    if (!provider) return news;
    const { inputs, failures } = await provider.check(olds, news);
    if (failures.length === 0) return inputs;
    for (const { property, reason } of failures) {
      const message = `${goal.type} resource '${goal.name}'${problem(property, news)}: ${reason}`;
      this.#options.listener({ type: "diagnostic", severity: "error", urn, message });
    }
    this.failed = true;
    this.stop();
    throw new Stopped();
  }

  /** Reference of a package's default provider, which is made when it is first needed. */
  async #defaultProvider(goal: Pick<Goal, "type" | "version">): Promise<string> {
    const name = goal.version ? `default_${goal.version.replaceAll(".", "_")}` : "default";
    const type = `pulumi:providers:${this.#supported(goal.type)}`;
    const urn = makeUrn(this.#options.stack, this.#options.project, "", type, name);
    if (!this.#seen.has(urn)) {
      const inputs = this.#options.defaultInputs(packageOf(type));
      const steps = await this.#plan({ ...emptyGoal, type, name, inputs }, urn);
      this.#news.set(urn, await this.#execute(steps));
    }
    return `${urn}::${this.#news.get(urn)?.id ?? UNKNOWN}`;
  }

  #supported(type: string): string {
    const name = packageOf(type);
    if (!this.#options.providers.supports(name))
      throw new UnsupportedError(`The package "${name}" (of the type ${type})`);
    return name;
  }

  async #provider(reference: string, type: string, properties: Properties): Promise<ResourceProvider | undefined> {
    this.#supported(type);
    const { urn } = parseProviderReference(reference);
    if (!this.#options.providers.isConfigured(urn))
      throw new RunnerError(`The provider ${urn} is not part of this program.`);
    return this.#options.providers.package(urn)?.resource(type, properties);
  }

  #providerOf(resource: Resource): Promise<ResourceProvider | undefined> {
    return providerOfState(resource, this.#olds, this.#options.providers);
  }

  async #planRead(goal: ReadGoal, urn: string) {
    if (this.#stopped) throw new Stopped();
    this.#claim(urn);
    const reference = goal.provider || (await this.#defaultProvider(goal));
    const provider = await this.#provider(reference, goal.type, goal.inputs);
    const old = this.#olds.find((state) => state.urn === urn && !state.delete);
    if (old && !old.external) {
      throw new UnsupportedError(
        `Reading "${goal.name}" with .get while this stack manages a resource of the same URN`,
      );
    }
    if (old) this.#kept.add(old);
    return { reference, provider, old };
  }

  async #read(
    goal: ReadGoal,
    urn: string,
    provider: ResourceProvider | undefined,
    reference: string,
    old: Resource | undefined,
  ): Promise<Resource> {
    if (this.#stopped) throw new Stopped();
    const { ledger, dryRun } = this.#options;
    const { additionalSecretOutputs: secrets } = goal;
    const base: Resource = {
      urn,
      custom: true,
      type: goal.type,
      external: true,
      provider: reference,
      inputs: goal.inputs,
      ...(goal.parent ? { parent: goal.parent } : {}),
      ...(goal.dependencies.length > 0 ? { dependencies: goal.dependencies } : {}),
      ...(secrets.length > 0 ? { additionalSecretOutputs: secrets } : {}),
    };
    if (!provider || goal.id === UNKNOWN || (dryRun && hasUnknown(goal.inputs))) return base;
    const result = await provider.read(goal.id, goal.inputs, {});
    if (result.id === "") throw new RunnerError(`resource '${goal.id}' does not exist`);
    const state = withResult(old ? carryOver(base, old) : base, result.id, result.outputs);
    await ledger.record(old ? { replace: [[old, state]] } : { put: state });
    this.#news.set(urn, state);
    return state;
  }

  async #recordOutputs(state: Resource, outputs: Properties): Promise<void> {
    const { outputs: _, ...rest } = state;
    const next: Resource = Object.keys(outputs).length > 0 ? { ...(rest as Resource), outputs } : (rest as Resource);
    if (sameState(state, next)) return;
    this.#news.set(state.urn, next);
    await this.#options.ledger.record({ replace: [[state, next]] });
  }
}

const emptyGoal: Goal = {
  type: "",
  name: "",
  custom: true,
  parent: "",
  inputs: {},
  provider: "",
  version: "",
  dependencies: [],
  propertyDependencies: {},
  ignoreChanges: [],
  replaceOnChanges: [],
  additionalSecretOutputs: [],
  aliases: [],
};

/** What a check failure is about. A value is only shown when nothing in it is secret. */
function problem(property: string, news: Properties): string {
  if (property === "") return " has a problem";
  const value = news[property];
  const shown = value === undefined || hasSecret(value) ? "" : ` value {${JSON.stringify(masked(value))}}`;
  return `: property ${property}${shown} has a problem`;
}
