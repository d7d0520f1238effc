/** Runs a look-up in its two forms: at once as a promise, or as an output that takes outputs. Knows no look-up. */
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { checkSchema } from "../engine/check.ts";
import type { Session } from "../engine/session.ts";
import { InputError, RocketChatError } from "../errors.ts";
import { type Settings, sessionFor, settingsFor } from "./connection.ts";

export interface LookUp<A, R> {
  /** For messages: `getUser`. */
  readonly name: string;
  readonly args: z.ZodObject & z.ZodType<A>;
  /** What several arguments must be together. Undefined when they are right. */
  readonly refuse?: (args: A) => string | undefined;
  /** The answer holds secrets: its output form is a secret. */
  readonly secret?: boolean | ((args: A) => boolean);
  readonly find: (session: Session, args: A) => Promise<R>;
}

/** Arguments of the output forms. */
export type Inputs<A> = { [K in keyof A]: pulumi.Input<A[K]> };

/** A message of ours is complete: Pulumi's program host prints it without a stack trace. */
const forPeople = (error: unknown): unknown =>
  error instanceof RocketChatError ? Object.assign(error, { __pulumiRunError: true }) : error;

function checked<A, R>({ name, args, refuse }: LookUp<A, R>, given: A): A {
  const { inputs, failures } = checkSchema(args, given, { reveal: true });
  const reasons = failures.map(({ reason }) => reason);
  const crossed = reasons.length === 0 ? refuse?.(inputs as A) : undefined;
  if (crossed !== undefined) reasons.push(crossed);
  if (reasons.length > 0) throw new InputError(reasons.map((reason) => `${name}: ${reason}`).join("\n"));
  return inputs as A;
}

/** Undefined: the server is one that this very program brings up, and it does not run yet. */
async function ask<A, R>(
  lookUp: LookUp<A, R>,
  args: A,
  settings: Settings | undefined,
): Promise<{ answer: R } | undefined> {
  const session = sessionFor(settings);
  if (pulumi.runtime.isDryRun() && !(await session.answers())) return undefined;
  await session.ready();
  try {
    return { answer: await lookUp.find(session, args) };
  } catch (error) {
    if (error instanceof Error) error.message = session.client.redact(error.message);
    throw error;
  }
}

/** What an output stands for, or undefined while it is not known. */
async function known<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
  if (!(await isKnown)) return undefined;
  return new Promise((resolve) => {
    output.apply((value) => resolve(value as T));
  });
}

export async function invoke<A, R>(lookUp: LookUp<A, R>, args: A, opts: pulumi.InvokeOptions = {}): Promise<R> {
  try {
    const right = checked(lookUp, args);
    const output = settingsFor(opts);
    const settings = output && (await known(output));
    const result = output && settings === undefined ? undefined : await ask(lookUp, right, settings);
    if (result !== undefined) return result.answer;
    throw new InputError(`${lookUp.name}: the server that is asked is not known or not there before \`up\`.`, {
      hint: `Use ${lookUp.name}Output, whose value is then not known before \`up\` either.`,
    });
  } catch (error) {
    throw forPeople(error);
  }
}

/** Resolves to outputs of what must be there first; an object that is yet to be made makes the answer unknown. */
const awaited = (dependsOn: pulumi.InvokeOutputOptions["dependsOn"]): pulumi.Output<unknown> =>
  pulumi
    .output(dependsOn as pulumi.Input<pulumi.Resource | pulumi.Resource[] | undefined>)
    .apply((given) => [given ?? []].flat() as pulumi.Resource[])
    .apply((resources) =>
      pulumi.all(resources.map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn))),
    );

export function invokeOutput<A, R>(
  lookUp: LookUp<A, R>,
  args: Inputs<A>,
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<R> {
  const settings = settingsFor(opts) ?? pulumi.output(undefined);
  const given = pulumi.output(args) as unknown as pulumi.Output<A>;
  const answer = pulumi.all([given, settings, awaited(opts.dependsOn)]).apply(async ([wanted, values]) => {
    try {
      const right = checked(lookUp, wanted as A);
      const result = await ask(lookUp, right, values as Settings | undefined);
      if (result === undefined) return pulumi.unknown as unknown as R;
      const secret = typeof lookUp.secret === "function" ? lookUp.secret(right) : lookUp.secret === true;
      return (secret ? pulumi.secret(result.answer) : result.answer) as R;
    } catch (error) {
      throw forPeople(error);
    }
  });
  return answer as unknown as pulumi.Output<R>;
}
