/** A run over resources that are declared by data, without a program process. Knows no kind and no document. */
import { Deployment, type DeploymentOptions } from "./deployment.ts";
import { messageOf, StoppedError } from "./errors.ts";
import { emptyGoal, type Goal, type Registered } from "./goal.ts";
import { makeUrn, STACK_TYPE } from "./urn.ts";
import type { Properties } from "./values.ts";

export interface DeclaredResource {
  /** Its name among the declared ones; a resource comes after those that it names. */
  readonly key: string;
  /** Without parent and dependencies, which are named by key below. */
  readonly goal: Pick<Goal, "type" | "name" | "custom" | "inputs" | "additionalSecretOutputs" | "aliases">;
  /** Undefined: the stack. */
  readonly parent?: string;
  readonly dependsOn: readonly string[];
}

export interface DeclaredOptions extends DeploymentOptions {
  readonly signal: AbortSignal;
  /** Told all inputs before anything is done with them: no message may show their secrets. */
  readonly learn: (values: Properties) => void;
}

/** True when all went well; what failed was told to the listener. */
export async function runDeclared(resources: readonly DeclaredResource[], options: DeclaredOptions): Promise<boolean> {
  const { project, stack, signal, learn, providers } = options;
  const deployment = new Deployment(options);
  const name = `${project}-${stack}`;
  const stackUrn = makeUrn(stack, project, "", STACK_TYPE, name);
  const cancel = () => deployment.stop();
  signal.addEventListener("abort", cancel);
  try {
    if (signal.aborted) return false;
    await Promise.race([registerAll(), deployment.aborted]);
    await deployment.drain();
    if (deployment.stopped) {
      await deployment.giveUp();
      return false;
    }
    await deployment.finish();
    return !deployment.failed && !signal.aborted;
  } catch (error) {
    if (!(error instanceof StoppedError)) deployment.fail(messageOf(error), stackUrn);
    await deployment.drain();
    await deployment.giveUp();
    return false;
  } finally {
    signal.removeEventListener("abort", cancel);
    await providers.dispose();
  }

  async function registerAll(): Promise<void> {
    await deployment.register({ ...emptyGoal, type: STACK_TYPE, name, custom: false });
    const registered = new Map<string, Promise<Registered>>();
    for (const resource of resources) registered.set(resource.key, register(resource, registered));
    // Each rejection is told by its resource; the first ends the run.
    const ends = await Promise.allSettled(registered.values());
    const failure = ends.find((end) => end.status === "rejected");
    if (failure !== undefined) throw failure.reason;
    await deployment.registerOutputs(stackUrn, {});
  }

  async function register(
    { goal, parent, dependsOn }: DeclaredResource,
    registered: ReadonlyMap<string, Promise<Registered>>,
  ): Promise<Registered> {
    const above = parent === undefined ? stackUrn : (await registered.get(parent))?.urn;
    const needed = await Promise.all(dependsOn.map((key) => registered.get(key)));
    // What it needs could not be made, and the run goes on without both.
    const gap = needed.find((other) => other?.missing);
    if (gap !== undefined) return gap;
    learn(goal.inputs);
    return deployment.register({
      ...emptyGoal,
      ...goal,
      parent: above ?? stackUrn,
      dependencies: needed.flatMap((other) => other?.urn ?? []),
      propertyDependencies: goal.custom ? Object.fromEntries(Object.keys(goal.inputs).map((key) => [key, []])) : {},
    });
  }
}
