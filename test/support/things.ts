/**
 * A project around the program in test/fixtures/runner/app: resources as a plan says, objects in one file, every call noted.
 * For tests of the engines themselves; knows nothing of Rocket.Chat.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PendingOperation, Resource } from "../../provider/runner/state/index.ts";
import { createKeyring, loadProject, openStackFile } from "../../provider/runner/state/index.ts";
import { type Engine, pulumiCli, repository, spared, type Verb } from "./engines.ts";
import { stateIn } from "./open-state.ts";
import { type Finished, killAllIn, type Running, start } from "./processes.ts";

/** One resource of the plan; see test/fixtures/runner/app/index.ts. */
export interface Entry {
  readonly name: string;
  readonly kind?: string;
  readonly props?: Record<string, unknown>;
  readonly opts?: Record<string, unknown>;
  readonly component?: boolean;
  /** Of a component: what it registers. */
  readonly outputs?: Record<string, unknown>;
  readonly provider?: boolean;
  /** The id, or a reference to one. */
  readonly get?: unknown;
  /** Without the input `name`. */
  readonly bare?: boolean;
  /** What comes after it is declared when it is made: ids are given in the order of creation. */
  readonly wait?: boolean;
}

export interface Plan {
  readonly resources: readonly Entry[];
  readonly outputs?: Record<string, unknown>;
  /** The program throws this after its registrations. */
  readonly crash?: string;
}

export interface Cloud {
  next: number;
  objects: Record<string, Record<string, unknown>>;
}

export class Things {
  readonly folder = mkdtempSync(path.join(tmpdir(), "things-"));
  readonly #env: NodeJS.ProcessEnv;
  readonly #running: Running[] = [];
  #initialised = false;

  constructor() {
    cpSync(path.join(repository, "test/fixtures/runner/app"), this.folder, { recursive: true });
    for (const name of ["state", "home", "gate"]) mkdirSync(path.join(this.folder, name));
    symlinkSync(path.join(repository, "node_modules"), path.join(this.folder, "node_modules"));
    const inherited = Object.entries(process.env).filter(([key]) => !/^(PULUMI|VITEST|NODE_)/.test(key));
    this.#env = {
      ...Object.fromEntries(inherited),
      PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      PULUMI_HOME: path.join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(this.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      NODE_COMPILE_CACHE: path.join(repository, "node_modules", ".cache", "e2e"),
      THINGS_FILE: this.#path("things.json"),
      THINGS_PLAN: this.#path("plan.json"),
      THINGS_GATE: this.#path("gate"),
    };
  }

  #path(name: string): string {
    return path.join(this.folder, name);
  }

  /** What the program declares from now on. */
  declare(plan: Plan | readonly Entry[]): void {
    writeFileSync(this.#path("plan.json"), JSON.stringify("resources" in plan ? plan : { resources: plan }));
  }

  env(key: string, value: string): void {
    this.#env[key] = value;
  }

  write(name: string, text: string): void {
    writeFileSync(this.#path(name), text);
  }

  async config(key: string, value: string, secret = false): Promise<void> {
    const file = await openStackFile(await loadProject(this.folder), "dev");
    await file.set(key, value, secret ? { secret, keyring: createKeyring(this.#env) } : {});
  }

  /** Starts a command on an engine. */
  async begin(engine: Engine, verb: Verb, ...flags: string[]): Promise<Running> {
    if (engine === "pulumi") {
      const cli = pulumiCli ?? "pulumi";
      const env = spared(this.#env);
      if (!this.#initialised && !existsSync(this.#path("state/.pulumi/stacks/things/dev.json")))
        await this.#start(cli, ["stack", "init", "dev"], env).done;
      this.#initialised = true;
      return this.#start(cli, [verb, "--stack", "dev", "--non-interactive", "--color=never", ...flags], env);
    }
    const bin = path.join(repository, "provider/bin/pulumi-rocketchat.mjs");
    return this.#start(process.execPath, [bin, verb, "--engine", "embedded", ...flags]);
  }

  #start(command: string, args: readonly string[], env = this.#env): Running {
    const running = start(command, args, { cwd: this.folder, env });
    this.#running.push(running);
    return running;
  }

  /** Runs a command on the embedded runner to its end. */
  async run(verb: Verb, ...flags: string[]): Promise<Finished> {
    return (await this.begin("embedded", verb, ...flags)).done;
  }

  /** `up`, without its own preview. */
  up(...flags: string[]): Promise<Finished> {
    return this.run("up", "--yes", "--skip-preview", ...flags);
  }

  /** The calls since the last look. */
  calls(): string[] {
    const file = this.#path("things.json.calls");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    rmSync(file);
    return lines;
  }

  /** Those that change something. */
  writes(): string[] {
    return this.calls().filter((line) => /^(create|update|delete)/.test(line));
  }

  cloud(): Cloud {
    const file = this.#path("things.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Cloud) : { next: 1, objects: {} };
  }

  /** Changes objects behind Pulumi's back. */
  tamper(change: (objects: Cloud["objects"]) => void): void {
    const cloud = this.cloud();
    change(cloud.objects);
    writeFileSync(this.#path("things.json"), JSON.stringify(cloud));
  }

  /** True while a gated call of this name waits. */
  isWaiting(name: string): boolean {
    return existsSync(this.#path(`gate/${name}.waiting`));
  }

  open(name: string): void {
    writeFileSync(this.#path(`gate/${name}.open`), "");
  }

  /** The stack's state, secrets opened; read without a lock. */
  state(): Promise<{ resources: readonly Resource[]; pending: readonly PendingOperation[] }> {
    return stateIn(this.folder, this.#env);
  }

  /** Ends what still runs and removes the folder. */
  remove(): void {
    for (const running of this.#running) running.killGroup();
    killAllIn(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
