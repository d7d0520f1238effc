/** A Pulumi project in a folder of its own, outside the repository, and the commands that a person would run in it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { createKeyring, loadProject, openStackFile } from "../../provider/runner/state/index.ts";
import { commandLine, type Engine, pulumiCli, repository, spared, type Verb } from "./engines.ts";
import { type Finished, killAllIn, type Running, start } from "./processes.ts";

const NAME = "e2e";
export const PASSPHRASE = "correct horse battery staple";

const PRELUDE = `import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";
`;

export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly [key: string]: unknown;
}

interface PreviewJson {
  readonly steps?: readonly { op: string; urn: string }[];
  readonly changeSummary?: Record<string, number>;
}

/** Name of a resource in the program. */
export const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

export class Project {
  /** May be changed between commands: both engines then work on the same state. */
  engine: Engine;
  /** Whether `up` shows its own preview first; off, because it doubles the time and tests ask for previews where they matter. */
  previewFirst = false;
  /** Whether the Pulumi CLI runs as it is installed, spared nothing. */
  asInstalled = false;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  private readonly running: Running[] = [];
  private initialised: Promise<unknown> | undefined;

  constructor(engine: Engine, program: string, env: Readonly<Record<string, string>>) {
    this.engine = engine;
    this.folder = mkdtempSync(path.join(tmpdir(), `rocketchat-${engine}-`));
    for (const name of ["state", "home"]) mkdirSync(path.join(this.folder, name), { mode: 0o700 });
    symlinkSync(path.join(repository, "node_modules"), path.join(this.folder, "node_modules"));
    const runtime = { name: "nodejs", options: { typescript: false } };
    this.write("Pulumi.yaml", stringify({ name: NAME, main: "index.ts", runtime }));
    this.write("package.json", '{ "type": "module" }\n');
    this.program(program);
    const inherited = Object.entries(process.env).filter(([key]) => !/^(ROCKETCHAT|PULUMI|VITEST|NODE_)/.test(key));
    this.env = {
      ...Object.fromEntries(inherited),
      PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      PULUMI_HOME: path.join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(this.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // Hundreds of processes load the same modules: Node keeps what it compiled.
      NODE_COMPILE_CACHE: path.join(repository, "node_modules", ".cache", "e2e"),
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...env,
    };
  }

  /** Replaces the program. The imports of Pulumi and of this package are put in front. */
  program(text: string): void {
    this.write("index.ts", `${PRELUDE}${text}\n`);
  }

  /** Sets (or with undefined removes) a variable for the following commands. */
  set(key: string, value: string | undefined): void {
    this.env[key] = value;
  }

  write(name: string, text: string): void {
    writeFileSync(path.join(this.folder, name), text);
  }

  /** Starts a command and does not wait for it. */
  async begin(verb: Verb, ...flags: string[]): Promise<Running> {
    if (this.engine === "pulumi") await this.init();
    const hasty = verb === "up" && !this.previewFirst ? ["--skip-preview"] : [];
    const { command, args } = commandLine(this.engine, verb, [...flags, ...hasty]);
    return this.spawn(command, args, this.engine === "pulumi" ? this.cliEnv() : this.env);
  }

  /** Runs a command to its end, whatever its status. */
  async run(verb: Verb, ...flags: string[]): Promise<Finished> {
    return (await this.begin(verb, ...flags)).done;
  }

  /** Runs a command that must succeed. */
  async succeed(verb: Verb, ...flags: string[]): Promise<Finished> {
    const finished = await this.run(verb, ...flags);
    if (finished.code !== 0)
      throw new Error(`${this.engine}: ${verb} ${flags.join(" ")} ended with ${finished.code}:\n${finished.output}`);
    return finished;
  }

  /** Any other command of the Pulumi CLI in this project. */
  async pulumi(...args: string[]): Promise<Finished> {
    return this.spawn(pulumiCli ?? "pulumi", ["--non-interactive", "--color=never", ...args], this.cliEnv()).done;
  }

  /** Any command of this package. */
  async command(...args: string[]): Promise<Finished> {
    const bin = path.join(repository, "provider", "bin", "pulumi-rocketchat.mjs");
    return this.spawn(process.execPath, [bin, ...args]).done;
  }

  /** Sets the stack's configuration: with the CLI's own command, or as an editor and the runner's state layer would. */
  async configure(plain: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): Promise<void> {
    if (this.engine === "embedded") {
      const file = await openStackFile(await loadProject(this.folder), "dev");
      const keyring = createKeyring(this.env);
      for (const [key, value] of Object.entries(plain)) await file.set(key, value);
      for (const [key, value] of Object.entries(secrets)) await file.set(key, value, { secret: true, keyring });
      return;
    }
    await this.init();
    const flags = (kind: string, values: Readonly<Record<string, string>>) =>
      Object.entries(values).map(([key, value]) => `--${kind}=${key}=${value}`);
    const set = [...flags("plaintext", plain), ...flags("secret", secrets)];
    const { code, output } = await this.pulumi("config", "set-all", "--stack", "dev", ...set);
    if (code !== 0) throw new Error(output);
  }

  /** A preview's operation per resource, by its name in the program; resources that stay as they are left out. */
  async operations(): Promise<Record<string, string>> {
    const { stdout } = await this.succeed("preview", "--json");
    const { steps = [] } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as PreviewJson;
    const found: Record<string, string> = {};
    for (const { op, urn } of steps) {
      const name = nameOf(urn);
      // A replacement shows as several steps; the step "replace" stands for all of them.
      if (op !== "same" && name !== `${NAME}-dev` && found[name] !== "replace") found[name] = op;
    }
    return found;
  }

  /** What differs between the server and the state, by name in the program: "update" or "delete". */
  async drift(): Promise<Record<string, string>> {
    const { stdout } = await this.succeed("refresh", "--preview-only");
    return Object.fromEntries(
      [...stdout.matchAll(/^ [-~+]+ +\S+ (\S+) (update|delete|create|replace)\b/gm)].map(([, name = "", op]) => [
        name,
        op ?? "",
      ]),
    );
  }

  get checkpointFile(): string {
    return path.join(this.folder, "state", ".pulumi", "stacks", NAME, "dev.json");
  }

  /** The stack's resources as the state has them, secrets sealed. */
  resources(): Resource[] {
    const { checkpoint } = JSON.parse(readFileSync(this.checkpointFile, "utf8")) as {
      checkpoint: { latest?: { resources?: Resource[] } };
    };
    return checkpoint.latest?.resources ?? [];
  }

  /** Ids by name in the program, for resources of this package. */
  ids(): Record<string, string> {
    return Object.fromEntries(
      this.resources()
        .filter(({ type, id }) => type.includes("dynamic/rocketchat:") && id !== undefined)
        .map(({ urn, id }) => [nameOf(urn), id ?? ""]),
    );
  }

  /** Every file under a folder of the project with its text. */
  files(folder = "state"): { name: string; text: string }[] {
    return readdirSync(path.join(this.folder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((name) => ({ name, text: readFileSync(name, "utf8") }));
  }

  /** Ends what still runs and removes the folder. */
  async close(): Promise<void> {
    killAllIn(this.folder);
    await Promise.allSettled(this.running.map(({ done }) => done));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 });
  }

  private init(): Promise<unknown> {
    this.initialised ??= this.pulumi("stack", "select", "--create", "dev").then(({ code, output }) => {
      if (code !== 0) throw new Error(`No stack: ${output}`);
    });
    return this.initialised;
  }

  private cliEnv(): NodeJS.ProcessEnv {
    return this.asInstalled ? this.env : spared(this.env);
  }

  private spawn(command: string, args: readonly string[], env = this.env): Running {
    const running = start(command, args, { cwd: this.folder, env });
    this.running.push(running);
    return running;
  }
}
