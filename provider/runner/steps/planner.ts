/**
 * Plans what one registration needs: nothing, a creation, an update, or a replacement in one of its two orders. Calls
 * check and diff, one registration at a time; changes nothing itself.
 */
import { randomUUID } from "node:crypto";
import { RunnerError, UnsupportedError } from "../errors.ts";
import type { Listener } from "../events.ts";
import type { Goal, ReadGoal } from "../goal.ts";
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
import { decide } from "./diff.ts";
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
}

/** How a `.get` is to be done. */
export interface ReadPlan {
  /** `<urn>::<id>` */
  readonly reference: string;
  /** Undefined: its configuration is not known before the update. */
  readonly provider: ResourceProvider | undefined;
  readonly old: Resource | undefined;
}

export class Planner {
  readonly #options: PlannerOptions;
  readonly #book: Book;

  constructor(options: PlannerOptions, book: Book) {
    this.#options = options;
    this.#book = book;
  }

  async plan(goal: Goal, urn: string): Promise<Step[]> {
    const book = this.#book;
    book.claim(urn);
    const managed = goal.custom && !isProviderType(goal.type);
    const reference = managed ? goal.provider || (await this.#defaultProvider(goal)) : "";
    const old = book.find(goal, urn);
    const recreated = old !== undefined && (book.deletedFirst.has(old) || old.pendingReplacement === true);
    const fresh = old === undefined || recreated || old.external === true;
    const wanted = fresh ? goal.inputs : ignoreChanges(goal.inputs, old.inputs ?? {}, goal.ignoreChanges);
    const provider = managed ? await this.#provider(reference, goal.type, wanted) : undefined;

    const checking = { goal, urn, provider, listener: this.#options.listener };
    const inputs = await check(checking, fresh ? {} : (old.inputs ?? {}), wanted);
    const state = (checked: Properties) => wantedState(goal, urn, checked, reference);
    if (isProviderType(goal.type)) this.#options.providers.configure(urn, this.#supported(goal.type), inputs);

    if (old === undefined) return [{ op: "create", next: this.#named(state(inputs)), provider }];
    book.kept.add(old);
    if (recreated) return replacement(old, state(inputs), provider, book.deletedFirst.get(old) ?? [], false);
    if (old.external) return this.#replaceLater(old, state(inputs), provider, []);

    const forced = (old.initErrors?.length ?? 0) > 0 || this.#wasCutOff(urn) || (managed && provider === undefined);
    const { action, keys, detailed, replaces, deleteBeforeReplace } = await decide(goal, old, inputs, provider, forced);
    const next = carryOver(state(inputs), old);
    if (action === "same") return [{ op: "same", old, next, keys: {} }];
    if (action === "update") return [{ op: "update", old, next, keys, detailed, provider }];

    refuseProtected(old, `unable to replace resource "${urn}"`);
    const made = state(await check(checking, {}, goal.inputs));
    if (!deleteBeforeReplace) return this.#replaceLater(old, made, provider, replaces);
    return [...(await this.#deleteFirst(old, replaces)), ...replacement(old, made, provider, replaces, false)];
  }

  async planRead(goal: ReadGoal, urn: string): Promise<ReadPlan> {
    this.#book.claim(urn);
    const reference = goal.provider || (await this.#defaultProvider(goal));
    const provider = await this.#provider(reference, goal.type, goal.inputs);
    const old = this.#book.old(urn);
    if (old && !old.external) {
      throw new UnsupportedError(
        `Reading "${goal.name}" with .get while this stack manages a resource of the same URN`,
      );
    }
    if (old) this.#book.kept.add(old);
    return { reference, provider, old };
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
      refuseProtected(old, `unable to replace resource "${old.urn}" as part of replacing "${root.urn}"`);
      deletedFirst.set(old, keys);
      const provider = old.retainOnDelete ? undefined : await providerOf(old);
      steps.push({ op: "delete-replaced", old, provider, replacementFollows: true });
    }
    return steps;
  }

  /** Reference of a package's default provider, which is made when it is first needed. */
  async #defaultProvider(goal: Pick<Goal, "type" | "version">): Promise<string> {
    const { stack, project, defaultInputs, carryOut } = this.#options;
    const packageName = this.#supported(goal.type);
    const type = `pulumi:providers:${packageName}`;
    const name = goal.version ? `default_${goal.version.replaceAll(".", "_")}` : "default";
    const urn = makeUrn(stack, project, "", type, name);
    if (!this.#book.has(urn)) {
      const steps = await this.plan({ ...emptyGoal, type, name, inputs: defaultInputs(packageName) }, urn);
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

function refuseProtected(old: Resource, what: string): void {
  if (!old.protect) return;
  throw new RunnerError(`${what} as it is currently marked for protection.`, {
    hint: "To unprotect it, remove `protect` from the resource in the program and run `up`.",
  });
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
