/**
 * Plans what one registration needs: nothing, a creation, an update, or a replacement in one of its two orders. Calls
 * check and diff, one registration at a time; changes nothing itself.
 */
import { randomUUID } from "node:crypto";
import { RunnerError, UnsupportedError } from "../errors.ts";
import type { Listener } from "../events.ts";
import { emptyGoal, type Goal, type ReadGoal } from "../goal.ts";
import type { Ledger } from "../ledger.ts";
import { providerOfState } from "../providers/of-state.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import type { Providers } from "../providers/registry.ts";
import type { Resource } from "../state/index.ts";
import { isProviderType, makeUrn, packageOf, parseProviderReference } from "../urn.ts";
import { type Properties, UNKNOWN } from "../values.ts";
import type { Book } from "./book.ts";
import { check } from "./check.ts";
import { replacedDependents } from "./dependents.ts";
import { decide, replacedWithAnother } from "./diff.ts";
import { ignoreChanges } from "./ignore-changes.ts";
import { carryOver, wantedState } from "./state.ts";
import type { Step } from "./step.ts";

export interface PlannerOptions {
  readonly project: string;
  readonly stack: string;
  readonly dryRun: boolean;
  readonly ledger: Ledger;
  readonly providers: Providers;
  readonly listener: Listener;
  /** Inputs of a package's default provider, from the stack's configuration. */
  readonly defaultInputs: (packageName: string) => Properties;
  /** Carries steps out at once: a default provider has to be there before the resource that needs it. */
  readonly carryOut: (steps: readonly Step[]) => Promise<Resource>;
  /** Tells what stands in the way; throws where it must not go on. */
  readonly obstacle: (message: string, urn: string) => void;
}

/** How a `.get` is to be done. */
export interface ReadPlan {
  /** `<urn>::<id>` */
  readonly reference: string;
  /** Undefined: its configuration is not known before the update. */
  readonly provider: ResourceProvider | undefined;
  readonly old: Resource | undefined;
  /** The old one is another object, of this stack: it is deleted at the end. */
  readonly replaces: boolean;
}

export class Planner {
  readonly #options: PlannerOptions;
  readonly #book: Book;

  constructor(options: PlannerOptions, book: Book) {
    this.#options = options;
    this.#book = book;
  }

  async plan(asked: Goal, urn: string): Promise<Step[]> {
    const goal = isProviderType(asked.type) ? versioned(asked) : asked;
    const book = this.#book;
    book.claim(urn);
    refuseUnknown(goal, urn, book);
    const managed = goal.custom && !isProviderType(goal.type);
    const reference = managed ? goal.provider || (await this.#defaultProvider(goal)) : "";
    const old = book.find(goal, urn);
    const recreated = old !== undefined && (book.deletedFirst.has(old) || old.pendingReplacement === true);
    const fresh = old === undefined || recreated || old.external === true || old.custom !== goal.custom;
    const wanted = fresh ? goal.inputs : ignoreChanges(goal.inputs, old.inputs ?? {}, goal.ignoreChanges);
    const provider = managed ? await this.#provider(reference, goal.type, wanted) : undefined;

    const checking = { goal, urn, provider, listener: this.#options.listener };
    const inputs = await check(checking, fresh ? {} : (old.inputs ?? {}), wanted);
    const state = (checked: Properties) => wantedState(goal, urn, checked, reference);
    if (isProviderType(goal.type)) this.#options.providers.configure(urn, this.#supported(goal.type), inputs);

    if (old === undefined) return [{ op: "create", next: this.#named(state(inputs)), provider }];
    book.kept.add(old);
    if (recreated) book.replacing.add(urn);
    if (recreated) return replacement(old, state(inputs), provider, book.deletedFirst.get(old) ?? [], false);
    if (old.external || old.custom !== goal.custom) return this.#replaceLater(old, state(inputs), provider, []);

    const forced = (old.initErrors?.length ?? 0) > 0 || this.#wasCutOff(urn) || (managed && provider === undefined);
    const goesWith = goal.deletedWith !== undefined && book.replacing.has(goal.deletedWith);
    const { action, keys, detailed, replaces, deleteBeforeReplace } = goesWith
      ? replacedWithAnother(goal)
      : await decide(goal, old, inputs, provider, forced);
    const next = carryOver(state(inputs), old);
    if (action === "same") return [{ op: "same", old, next, keys: {} }];
    if (action === "update") return [{ op: "update", old, next, keys, detailed, provider }];

    book.replacing.add(urn);
    // To take the protection off and replace it in one run is allowed: the program says so.
    if (goal.protect) this.#refuseProtected(old, urn, `unable to replace resource "${urn}"`);
    const made = state(await check(checking, {}, goal.inputs));
    if (!deleteBeforeReplace) return this.#replaceLater(old, made, provider, replaces);
    return [...(await this.#deleteFirst(old, replaces)), ...replacement(old, made, provider, replaces, false)];
  }

  async planRead(goal: ReadGoal, urn: string): Promise<ReadPlan> {
    this.#book.claim(urn);
    refuseUnknown(goal, urn, this.#book);
    const reference = goal.provider || (await this.#defaultProvider(goal));
    const provider = await this.#provider(reference, goal.type, goal.inputs);
    const old = this.#book.old(urn);
    // One's own object, read from now on: the stack lets go of it.
    const replaces = old !== undefined && !old.external && old.id !== goal.id;
    if (old) (replaces ? this.#book.replaced : this.#book.kept).add(old);
    return { reference, provider, old, replaces };
  }

  /** An update that a former run did not see the end of is done again, whatever diff says. */
  #wasCutOff(urn: string): boolean {
    return this.#options.ledger.pending.some(({ type, resource }) => type === "updating" && resource.urn === urn);
  }

  /** Provider resources get their id from the engine. */
  #named(state: Resource): Resource {
    return isProviderType(state.type) && !this.#options.dryRun ? { ...state, id: randomUUID() } : state;
  }

  #replaceLater(
    old: Resource,
    next: Resource,
    provider: ResourceProvider | undefined,
    replaces: readonly string[],
  ): Step[] {
    this.#book.kept.delete(old);
    this.#book.replaced.add(old);
    return replacement(old, next, provider, replaces, true);
  }

  /** Deletes an object, and before it the dependents that go with it: those are made again when they register. */
  async #deleteFirst(root: Resource, replaces: readonly string[]): Promise<Step[]> {
    const { olds, kept, deletedFirst } = this.#book;
    const states = olds.filter((state) => !kept.has(state) || state === root);
    const providerOf = (state: Resource) => providerOfState(state, olds, this.#options.providers);
    const doomed = new Map([[root, replaces] as const, ...(await replacedDependents(root, states, providerOf))]);
    const steps: Step[] = [];
    for (const [old, keys] of [...doomed].reverse()) {
      if (deletedFirst.has(old)) continue;
      if (old !== root && old.protect) {
        throw new RunnerError(
          `unable to replace resource "${old.urn}" as part of replacing "${root.urn}" as it is currently marked for protection.`,
          { hint: "To unprotect it, remove `protect` from the resource in the program and run `up`." },
        );
      }
      deletedFirst.set(old, keys);
      const goesWith = [...doomed.keys()].some(({ urn }) => urn === old.deletedWith);
      const provider = old.retainOnDelete || goesWith ? undefined : await providerOf(old);
      steps.push({ op: "delete-replaced", old, provider, replacementFollows: true });
    }
    return steps;
  }

  #refuseProtected(old: Resource, urn: string, what: string): void {
    if (!old.protect) return;
    this.#options.obstacle(
      `${what} as it is currently marked for protection. To unprotect it, remove \`protect\` from the resource in the ` +
        "program and run `up`.",
      urn,
    );
  }

  /** Reference of a package's default provider, which is made when it is first needed. */
  async #defaultProvider(goal: Pick<Goal, "type" | "version">): Promise<string> {
    const { stack, project, defaultInputs, carryOut } = this.#options;
    const packageName = this.#supported(goal.type);
    const type = `pulumi:providers:${packageName}`;
    const name = goal.version ? `default_${goal.version.replaceAll(".", "_")}` : "default";
    const urn = makeUrn(stack, project, "", type, name);
    if (!this.#book.has(urn)) {
      const steps = await this.plan(
        { ...emptyGoal, type, name, version: goal.version, inputs: defaultInputs(packageName) },
        urn,
      );
      this.#book.news.set(urn, await carryOut(steps));
    }
    return `${urn}::${this.#book.news.get(urn)?.id ?? UNKNOWN}`;
  }

  #supported(type: string): string {
    const name = packageOf(type);
    if (this.#options.providers.supports(name)) return name;
    throw new UnsupportedError(`The package "${name}" (of the type ${type})`);
  }

  async #provider(reference: string, type: string, properties: Properties): Promise<ResourceProvider | undefined> {
    this.#supported(type);
    const { urn } = parseProviderReference(reference);
    const { providers } = this.#options;
    if (!providers.isConfigured(urn)) throw new RunnerError(`The provider ${urn} is not part of this program.`);
    return providers.package(urn)?.resource(type, properties);
  }
}

/** The state of a provider resource says which release of its package it is for, in the engine's own words. */
function versioned(goal: Goal): Goal {
  return goal.version ? { ...goal, inputs: { ...goal.inputs, __internal: {}, version: goal.version } } : goal;
}

/** The CLI shows a replacement after it was made, or between deletion and creation. */
function replacement(
  old: Resource,
  next: Resource,
  provider: ResourceProvider | undefined,
  replaces: readonly string[],
  deleteLater: boolean,
): Step[] {
  const create: Step = { op: "create-replacement", old, next, provider, replaces, deleteLater };
  const replace: Step = { op: "replace", old, next, replaces };
  return deleteLater ? [create, replace] : [replace, create];
}

/** A state that refers to nobody could not be opened again. */
function refuseUnknown(goal: ReadGoal | Goal, urn: string, book: Book): void {
  const lists = "propertyDependencies" in goal ? Object.values(goal.propertyDependencies) : [];
  const deletedWith = "deletedWith" in goal && goal.deletedWith ? [goal.deletedWith] : [];
  const parent = goal.parent ? [goal.parent] : [];
  for (const needed of [...parent, ...goal.dependencies, ...lists.flat(), ...deletedWith]) {
    if (book.has(needed)) continue;
    throw new RunnerError(`${urn} depends on ${needed}, which is not a resource of this program.`, {
      hint: "Depend on a resource that the same program declares before it.",
    });
  }
}
