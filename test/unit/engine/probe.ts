/** A kind over a plain map, to test the engine without a server: a "lamp" with a unique name. */
import { z } from "zod";
import type { Client } from "../../../provider/client/client.ts";
import type { Declared, Handler } from "../../../provider/engine/handler.ts";
import { field } from "../../../provider/engine/schema.ts";
import { Session } from "../../../provider/engine/session.ts";
import { ConflictError } from "../../../provider/errors.ts";

export interface Lamp extends Declared {
  name: string;
  color?: string;
  tags?: string[];
  code?: string;
  codeVersion?: number;
  socket?: string;
}

export interface LiveLamp {
  id: string;
  name: string;
  color: string;
  tags: string[];
  off: boolean;
  madeBy: string;
  madeAt: Date;
  touched: boolean;
}

export class Shop {
  readonly lamps = new Map<string, LiveLamp>();
  readonly calls: string[] = [];
  /** Thrown by the next call of that name, before or after it took effect. */
  fault: { call: "create" | "update"; after: boolean; error: Error } | undefined;
  private next = 1;

  private async act<T>(call: "create" | "update" | "read" | "find" | "delete", effect: () => T): Promise<T> {
    this.calls.push(call);
    const fault = this.fault?.call === call ? this.fault : undefined;
    if (fault) this.fault = undefined;
    if (fault && !fault.after) throw fault.error;
    const result = effect();
    if (fault) throw fault.error;
    return result;
  }

  readonly handler: Handler<Lamp, LiveLamp> = {
    kind: "Lamp",
    uniqueKey: true,
    schema: {
      inputs: z.strictObject({
        name: z.string().min(1),
        color: z.enum(["red", "green"]).optional(),
        tags: field(z.array(z.string()).optional(), { set: true }),
        code: field(z.string().max(8).optional(), { secret: true, writeOnly: true, versionedBy: "codeVersion" }),
        codeVersion: field(z.number().optional(), { local: true }),
        socket: field(z.string().optional(), { replaces: true }),
      }) as unknown as Handler<Lamp, LiveLamp>["schema"]["inputs"],
      outputs: { serial: { secret: true } },
      destroy: ["off", "delete", "retain"],
      document: { section: "probes", keys: ["name"] },
    },
    describe: ({ name }) => `lamp "${name}"`,
    async *list() {},
    find: (_ctx, { name }) => this.act("find", () => [...this.lamps.values()].find((lamp) => lamp.name === name)),
    read: (_ctx, id) => this.act("read", () => this.lamps.get(id)),
    create: (_ctx, { name }) =>
      this.act("create", () => {
        if ([...this.lamps.values()].some((lamp) => lamp.name === name)) {
          throw new ConflictError("taken", { operation: "lamps.create", request: "POST /lamps" });
        }
        return this.put(name);
      }),
    update: (_ctx, live, inputs) =>
      this.act("update", () => {
        const lamp = this.lamps.get(live.id) as LiveLamp;
        Object.assign(lamp, { name: inputs.name, off: false });
        if (inputs.color !== undefined) lamp.color = inputs.color;
        if (inputs.tags !== undefined) lamp.tags = [...inputs.tags].reverse();
        return lamp;
      }),
    delete: (_ctx, id, _declared, mode) =>
      this.act("delete", () => {
        const lamp = this.lamps.get(id);
        if (lamp && mode === "off") lamp.off = true;
        else this.lamps.delete(id);
      }),
    map: (lamp) => ({
      id: lamp.id,
      inputs: { name: lamp.name, color: lamp.color, tags: lamp.tags },
      outputs: { serial: `serial-${lamp.id}` },
    }),
    isDormant: (lamp) => lamp.off,
    origin: (lamp) => ({ createdBy: lamp.madeBy, createdAt: lamp.madeAt, untouched: !lamp.touched }),
  };

  put(name: string, more: Partial<LiveLamp> = {}): LiveLamp {
    const id = `lamp${this.next++}`;
    const lamp = {
      id,
      name,
      color: "",
      tags: [],
      off: false,
      madeBy: "me",
      madeAt: new Date(),
      touched: false,
      ...more,
    };
    this.lamps.set(id, lamp);
    return lamp;
  }
}

/** A connection that answers only what the engine itself asks. */
export function session(options: { url?: string; workspaceId?: string } = {}): Session & { asked: string[] } {
  const asked: string[] = [];
  const client = {
    url: options.url ?? "https://one.test",
    workspaceId: async () => {
      asked.push("workspaceId");
      return options.workspaceId ?? "workspace-1";
    },
    self: async () => ({ userId: "me", username: "me", roles: ["admin"] }),
    redact: (text: string) => text,
  } as unknown as Client;
  return Object.assign(new Session(client, "default", () => {}), { asked });
}
