/** Changes a server behind a stack's back: by the server's own calls, in its store, or by taking objects away. */

import { createClient } from "../../../provider/client/create-client.ts";
import { Session } from "../../../provider/engine/session.ts";
import { handlers } from "../../../provider/kinds/handlers.ts";
import { type Resource, unwrap } from "../../../provider/runner/state/index.ts";
import { ADMIN } from "../server.ts";

type Values = Record<string, unknown>;

export interface Managed {
  readonly kind: string;
  /** The entry's name in the document. */
  readonly name: string;
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

const TYPE = /^pulumi-nodejs:dynamic\/rocketchat:(\w+)$/;

const opened = (values: Readonly<Values> = {}): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (key === "__provider" ? [] : [[key, unwrap(value as never)]])),
  );

/** What a stack's state holds of this package's kinds. */
export const managedIn = (resources: readonly Resource[]): Managed[] =>
  resources.flatMap(({ type, urn, id, inputs, outputs }) => {
    const kind = TYPE.exec(type)?.[1];
    if (kind === undefined || id === undefined) return [];
    const name = (urn.split("::").at(-1) ?? "").replace(/^[^/]*\//, "");
    return [{ kind, name, id, inputs: opened(inputs), outputs: opened(outputs) }];
  });

/** An administrator with other tools than a stack. */
export async function byHand<T>(url: string, act: (hand: Hand) => Promise<T>): Promise<T> {
  const client = createClient({ url, credentials: ADMIN, retry: "rapid" });
  try {
    return await act(new Hand(new Session(client, "default", () => {})));
  } finally {
    await client.close();
  }
}

class Hand {
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  async change({ kind, id, inputs, outputs }: Managed, values: Readonly<Values>): Promise<void> {
    const { context } = this.session;
    const handler = handlers.get(kind)!;
    const live = await handler.read(context, id, inputs, { fresh: true, state: outputs });
    if (live === undefined) throw new Error(`${kind} ${id} is not there.`);
    // Nobody who does it by hand adds to a list alone.
    const exact = "membership" in handler.schema.inputs.shape && { membership: "exact" };
    await handler.update(context, live, { ...inputs, ...values, ...exact }, { reason: "updated", previous: inputs });
  }

  /** For good, whatever the kind does by default. */
  async remove({ kind, id, inputs, outputs }: Managed): Promise<void> {
    const handler = handlers.get(kind)!;
    const modes = handler.schema.destroy;
    const mode = ["delete", "remove", "restore"].find((one) => modes.includes(one)) ?? modes[0];
    await handler.delete(this.session.context, id, inputs, mode, outputs);
  }
}
