/**
 * One run over a program's registrations: plans each, one at a time as Pulumi does, carries the steps out in parallel,
 * and at the end deletes what the program no longer declares. Knows neither gRPC nor any package's objects.
 */
import { messageOf, ReportedError, StoppedError } from "./errors.ts";
import type { Goal, ReadGoal, Registered } from "./goal.ts";
import { Limit } from "./limit.ts";
import { providerOfState } from "./providers/of-state.ts";
import type { Resource } from "./state/index.ts";
import { Book } from "./steps/book.ts";
import { type Deletion, deleteAll } from "./steps/delete.ts";
import { Planner, type PlannerOptions } from "./steps/planner.ts";
import { readExternal } from "./steps/read.ts";
import { Setbacks } from "./steps/setbacks.ts";
import { sameState } from "./steps/state.ts";
import { execute, type Step, type StepEnvironment } from "./steps/step.ts";
import { makeUrn, STACK_TYPE } from "./urn.ts";
import { type Properties, UNKNOWN } from "./values.ts";

export interface DeploymentOptions extends Omit<PlannerOptions, "carryOut" | "obstacle"> {
  /** Calls at once. */
  readonly parallel: number;
  /** What doesn't depend on a failed one is done all the same. */
  readonly continueOnError?: boolean;
}

export class Deployment {
  readonly #options: DeploymentOptions;
  readonly #book: Book;
  readonly #planner: Planner;
  readonly #environment: StepEnvironment;
  readonly #planning = new Limit(1);
  readonly #calls: Limit;
  readonly #running = new Set<Promise<unknown>>();
  readonly #setbacks = new Setbacks();
  #stackOutputs: Properties | undefined;
  #stopped = false;
  #failed = false;
  #abort: () => void = () => {};
  /** Resolves when the run is to end before the program does. */
  readonly aborted: Promise<void>;

  constructor(options: DeploymentOptions) {
    this.#options = options;
    this.#calls = new Limit(options.parallel);
    this.#environment = { ...options, renamed: new Map() };
    this.#book = new Book(options.ledger.resources, options);
    const carryOut = (steps: readonly Step[]) => this.#carryOut(steps);
    const obstacle = (message: string, urn: string) => this.#obstacle(message, urn);
    this.#planner = new Planner({ ...options, carryOut, obstacle }, this.#book);
    this.aborted = new Promise((resolve) => {
      this.#abort = resolve;
    });
  }

  /** True once anything went wrong. */
  get failed(): boolean {
    return this.#failed;
  }

  /** True once the program has told the stack's outputs, which is the last thing that one does. */
  get complete(): boolean {
    return this.#stackOutputs !== undefined;
  }

  /** True when it was ended before the program was through. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** No new calls; those in flight end and are recorded. */
  stop(): void {
    this.#stopped = true;
    this.#abort();
  }

  /** Something outside a step went wrong: says so, once, and stops. */
  fail(message: string, urn: string): void {
    if (!this.#stopped) this.#options.listener({ type: "diagnostic", severity: "error", message, urn });
    this.#failed = true;
    this.stop();
  }

  /** Waits for what is in flight. */
  async drain(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** Rejects with StoppedError, whatever happened: it was told to the listener. */
  register(goal: Goal): Promise<Registered> {
    const urn = this.#urn(goal);
    return this.#guarded(urn, async () => {
      const steps = await this.#planning.run(() => this.#whileRunning(() => this.#planner.plan(goal, urn)));
      if (this.#setbacks.prevents(steps)) return this.#leaveOut(urn, steps);
      try {
        const state = await this.#calls.run(() => this.#carryOut(steps));
        this.#book.news.set(urn, state);
        return { urn, id: state.id ?? "", outputs: state.outputs ?? {} };
      } catch (error) {
        if (!(error instanceof ReportedError) || !this.#options.continueOnError) throw error;
        this.#failed = true;
        return this.#leaveOut(urn, steps);
      }
    });
  }

  #leaveOut(urn: string, steps: readonly Step[]): Registered {
    const olds = steps.flatMap(({ old }) => old ?? []);
    this.#setbacks.add(urn, olds);
    for (const old of olds) if (this.#book.replaced.has(old)) this.#book.spare(old);
    return { urn, id: "", outputs: {}, missing: true };
  }

  /** Something that won't be done: a preview goes on to show the rest, an update must not begin. */
  #obstacle(message: string, urn: string): void {
    this.#options.listener({ type: "diagnostic", severity: "error", message, urn });
    if (!this.#options.dryRun) throw new ReportedError(message);
    this.#failed = true;
  }

  /** As `register`, for a `.get`. */
  read(goal: ReadGoal): Promise<Registered> {
    const urn = this.#urn(goal);
    return this.#guarded(urn, async () => {
      const plan = await this.#planning.run(() => this.#whileRunning(() => this.#planner.planRead(goal, urn)));
      const state = await this.#calls.run(() =>
        this.#whileRunning(() => readExternal(goal, urn, plan, this.#environment)),
      );
      this.#book.news.set(urn, state);
      return { urn, id: goal.id === UNKNOWN ? "" : goal.id, outputs: state.outputs ?? {} };
    });
  }

  /** Outputs of a component. Those of the stack wait for the program's good end: one that throws sends empty ones. */
  async registerOutputs(urn: string, outputs: Properties): Promise<void> {
    const state = this.#book.news.get(urn);
    if (state?.type === STACK_TYPE) this.#stackOutputs = outputs;
    else if (state) await this.#recordOutputs(state, outputs);
  }

  /** The program ended well: keeps the stack's outputs and deletes what it doesn't declare. */
  async finish(): Promise<void> {
    await this.#keepStackOutputs(!this.#failed);
    const deletions = this.#book.leftOver().map((old) => this.#deletion(old));
    const done = await deleteAll(deletions, {
      ...this.#environment,
      calls: this.#calls,
      stopped: () => this.#stopped,
      continueOnError: this.#options.continueOnError ?? false,
      staying: this.#setbacks.olds,
      providerOf: (resource) => providerOfState(resource, this.#book.olds, this.#options.providers),
    });
    if (!done) this.#failed = true;
  }

  /** The program, or the run, ended early: an output that is not there may only not have been reached, so the old one stays. */
  async giveUp(): Promise<void> {
    await this.#keepStackOutputs(false);
  }

  async #keepStackOutputs(complete: boolean): Promise<void> {
    const stack = [...this.#book.news.values()].find(({ type }) => type === STACK_TYPE);
    if (!stack || !this.#stackOutputs) return;
    const old = this.#book.old(stack.urn)?.outputs ?? {};
    const next = complete ? this.#stackOutputs : { ...old, ...this.#stackOutputs };
    await this.#recordOutputs(stack, next);
    this.#options.listener({ type: "outputs", old, next });
  }

  #deletion(resource: Resource): Deletion {
    if (resource.external) return { resource, op: "discard" };
    // Its object went already, for a replacement that nobody asks for any more.
    if (this.#book.deletedFirst.has(resource)) return { resource, op: "delete", silent: true };
    return { resource, op: resource.delete || this.#book.replaced.has(resource) ? "delete-replaced" : "delete" };
  }

  #urn({ parent, type, name }: Pick<Goal, "parent" | "type" | "name">): string {
    return makeUrn(this.#options.stack, this.#options.project, parent, type, name);
  }

  async #guarded<T>(urn: string, act: () => Promise<T>): Promise<T> {
    const running = this.#whileRunning(act);
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      if (error instanceof ReportedError) {
        this.#failed = true;
        this.stop();
      } else if (!(error instanceof StoppedError)) this.fail(messageOf(error), urn);
      throw new StoppedError();
    } finally {
      this.#running.delete(running);
    }
  }

  async #whileRunning<T>(act: () => Promise<T>): Promise<T> {
    if (this.#stopped) throw new StoppedError();
    return act();
  }

  async #carryOut(steps: readonly Step[]): Promise<Resource> {
    let state: Resource | undefined;
    for (const step of steps) {
      state = (await this.#whileRunning(() => execute(step, this.#environment))) ?? state;
    }
    return state!;
  }

  async #recordOutputs(state: Resource, outputs: Properties): Promise<void> {
    const { outputs: _, ...rest } = state;
    const next = (Object.keys(outputs).length > 0 ? { ...rest, outputs } : rest) as Resource;
    if (sameState(state, next)) return;
    this.#book.news.set(state.urn, next);
    await this.#options.ledger.record({ replace: [[state, next]] });
  }
}
