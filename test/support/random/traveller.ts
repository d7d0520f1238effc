/** Goes a journey, on the engines it is told, and says after each step what there is: in the state and on the servers. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Engine, repository } from "../engines.ts";
import type { Lab } from "../lab.ts";
import { stateIn } from "../open-state.ts";
import { normal } from "../outcomes.ts";
import type { Project } from "../project.ts";
import type { TestServer } from "../server.ts";
import type { Cloud } from "../things.ts";
import type { Step, Tamper } from "./journey.ts";
import { Names } from "./names.ts";

export interface Stop {
  /** One for each command of the step. */
  readonly codes: readonly (number | null)[];
  readonly state: unknown;
  readonly server: unknown;
  readonly things: unknown;
}

/** What the server invents: not the same on two servers. */
const INVENTED = ["createdAt", "token", "url", "lastTokenPart", "effectiveToken", "workspaceId"];

export class Traveller {
  readonly #project: Project;
  readonly #server: TestServer;
  readonly #names: Names;
  /** What the commands said, for the report of a failure. */
  readonly log: string[] = [];

  private constructor(project: Project, server: TestServer, names: Names) {
    this.#project = project;
    this.#server = server;
    this.#names = names;
    copyFileSync(path.join(repository, "test/fixtures/runner/app/things.cjs"), path.join(project.folder, "things.cjs"));
    writeFileSync(this.#cloudFile, JSON.stringify({ next: Names.FIRST, objects: {} }));
  }

  static async start(lab: Lab): Promise<Traveller> {
    const server = await lab.server();
    const project = lab.project("pulumi", server, "");
    project.set("THINGS_FILE", path.join(project.folder, "things.json"));
    const { _id } = await server.reader.user("admin");
    return new Traveller(project, server, new Names(server.url, _id));
  }

  get #cloudFile(): string {
    return path.join(this.#project.folder, "things.json");
  }

  get #cloud(): Cloud {
    return JSON.parse(readFileSync(this.#cloudFile, "utf8")) as Cloud;
  }

  /** Makes a step; `engines`: one for each of its commands. */
  async go(step: Step, engines: readonly Engine[]): Promise<Stop> {
    const { first, broken, program } = step;
    const codes: (number | null)[] = [];
    const rest = [...engines];
    const run = async (verb: "refresh" | "destroy" | "up") => {
      const { code } = await this.#run(rest.shift() ?? "embedded", verb);
      codes.push(code);
    };
    for (const tamper of step.tampers) await this.#tamper(tamper);
    if (first) await run(first);
    if (broken !== undefined) {
      this.#project.program(broken);
      await run("up");
    }
    this.#project.program(program);
    await run("up");
    return this.#stop(codes);
  }

  /** A preview that must find nothing to do. Gives its exit code. */
  async agrees(engine: Engine): Promise<number | null> {
    return (await this.#run(engine, "preview", "--expect-no-changes")).code;
  }

  async #run(engine: Engine, ...[verb, ...flags]: Parameters<Project["run"]>) {
    this.#project.engine = engine;
    const finished = await this.#project.run(verb, ...flags);
    this.log.push(`--- ${engine}: ${verb} ${flags.join(" ")}: ${finished.code}\n${finished.output}`);
    return finished;
  }

  async #tamper({ kind, object, how }: Tamper): Promise<void> {
    if (kind === "Channel") {
      const { _id } = await this.#server.reader.room(object);
      await this.#server.reader.post("rooms.saveRoomSettings", { rid: _id, roomTopic: "By hand" });
      return;
    }
    const cloud = this.#cloud;
    // Of several that have the name, the one made last: others were left by `retainOnDelete`.
    const id = Object.keys(cloud.objects)
      .filter((key) => cloud.objects[key]?.name === object)
      .sort()
      .at(-1);
    if (id === undefined) return;
    if (how === "delete") delete cloud.objects[id];
    else cloud.objects[id] = { ...cloud.objects[id], color: "by hand" };
    writeFileSync(this.#cloudFile, JSON.stringify(cloud));
  }

  async #stop(codes: readonly (number | null)[]): Promise<Stop> {
    const { resources, pending } = await stateIn(this.#project.folder, this.#project.env);
    const { reader } = this.#server;
    const [users, rooms, hooks, tokens, ...settings] = await Promise.all([
      reader.users(),
      reader.rooms(),
      reader.integrations(),
      reader.tokens(),
      reader.setting("Site_Name"),
      reader.setting("Message_MaxAllowedSize"),
      reader.setting("Accounts_AllowUserProfileChange"),
    ]);
    const members = await Promise.all(rooms.map(({ name }) => reader.members(name)));
    const { objects } = this.#cloud;
    this.#names.learn(resources, objects);
    const states = normal(resources, false).map((state) => withoutInvented(state));
    return {
      codes,
      state: this.#names.plain([...states, ...pending]),
      server: this.#names.plain({
        users: users.map(({ username, name, active, roles }) => ({ username, name, active, roles })),
        rooms: rooms.map(({ name, topic, archived, t }, index) => ({ name, topic, archived, t, has: members[index] })),
        hooks: hooks.map(({ name, type, channel, alias }) => ({ name, type, channel, alias })),
        tokens: tokens.map((name) => ({ name })),
        settings,
      }),
      things: this.#names.plain(Object.values(objects)),
    };
  }
}

/** Random values of the server, secrets' ciphers aside: those are opened. */
function withoutInvented(state: Record<string, unknown>): Record<string, unknown> {
  if (!String(state.type).includes("dynamic/rocketchat:")) return state;
  const { outputs, inputs, ...rest } = state as { outputs: Record<string, unknown>; inputs: Record<string, unknown> };
  const kept = Object.entries(outputs ?? {}).filter(([key]) => !INVENTED.includes(key) || (inputs && key in inputs));
  return { ...rest, inputs, outputs: Object.fromEntries(kept) };
}
