/** A server behind one fixed address and a state folder, set back to an operation's beginning as often as wanted. */
import { pbkdf2Sync } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createKeyring, type Keyring } from "../../../provider/runner/state/index.ts";
import { repository } from "../engines.ts";
import { type Forwarder, startForwarder } from "../forwarder.ts";
import type { Declarations } from "../programs.ts";
import { ADMIN, startServer, type TestServer } from "../server.ts";
import { registrationsOf } from "./goals.ts";
import { perform, type Run } from "./run.ts";
import type { Operation } from "./worlds.ts";

export const PASSPHRASE = "correct horse battery staple";

/** The place of one trial. */
export interface Stage {
  readonly folder: string;
  readonly server: TestServer;
  run(verb: Run["verb"], declarations: Declarations): Run;
  close(): Promise<void>;
}

export class Site {
  readonly forwarder: Forwarder;
  readonly keyring: Keyring;
  readonly salt: string;
  /** The key of the salt, for processes that shall not derive it again. */
  readonly keys: Readonly<Record<string, string>>;
  private readonly folder: string;
  private readonly bases = new Map<Operation, Promise<string>>();

  private constructor(forwarder: Forwarder, keyring: Keyring, salt: string, folder: string) {
    this.forwarder = forwarder;
    this.keyring = keyring;
    this.salt = salt;
    const bytes = Buffer.from(salt.split(":")[1] ?? "", "base64");
    this.keys = { [bytes.toString("hex")]: pbkdf2Sync(PASSPHRASE, bytes, 1_000_000, 32, "sha256").toString("hex") };
    this.folder = folder;
  }

  static async open(): Promise<Site> {
    const keyring = createKeyring({ PULUMI_CONFIG_PASSPHRASE: PASSPHRASE });
    const { salt } = await keyring.create();
    const folder = await mkdtemp(path.join(tmpdir(), "rocketchat-crash-"));
    return new Site(await startForwarder("http://127.0.0.1:9"), keyring, salt, folder);
  }

  /** Where the operation begins: made once, then copied. */
  async stage(operation: Operation): Promise<Stage> {
    let base = this.bases.get(operation);
    if (base === undefined) {
      base = this.prepare(operation);
      this.bases.set(operation, base);
    }
    const folder = await mkdtemp(path.join(this.folder, "trial-"));
    await cp(await base, folder, { recursive: true });
    return this.open(folder);
  }

  async close(): Promise<void> {
    await this.forwarder.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async prepare({ before, meanwhile }: Operation): Promise<string> {
    const folder = await mkdtemp(path.join(this.folder, "base-"));
    const stage = await this.open(folder);
    try {
      if (Object.keys(before).length > 0) await perform(stage.run("up", before), this.keyring);
      await meanwhile?.(stage.server.reader);
    } finally {
      await stage.end();
    }
    return folder;
  }

  private async open(folder: string): Promise<Stage & { end(): Promise<void> }> {
    const server = await startServer({ file: path.join(folder, "workspace.json") });
    await server.control("rate-limit", { calls: 100_000, seconds: 60 });
    this.forwarder.redirect(server.url);
    const end = () => server.close();
    return {
      folder,
      server,
      run: (verb, declarations) => ({
        verb,
        folder: path.join(folder, "state"),
        programFolder: repository,
        registrations: registrationsOf(declarations),
        config: {
          "rocketchat:url": this.forwarder.url,
          "rocketchat:username": ADMIN.username,
          "rocketchat:password": ADMIN.password,
        },
        salt: this.salt,
      }),
      end,
      async close() {
        await end();
        await rm(folder, { recursive: true, force: true });
      },
    };
  }
}
