/** Servers in containers for tests: programs, a look at the engine, and the removal of what is left. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { Engine } from "../support/engines.ts";
import type { Lab } from "../support/lab.ts";
import type { Project } from "../support/project.ts";
import { Reader } from "../support/reader.ts";
import { docker, dockerAnswers, uniqueName } from "./busybox.ts";

/** Tag that stays on an engine for which `node tools/docker.mjs up` has built the images. */
const MARK = "pulumi-rocketchat/stand-in:built";
/** Has a shell, and is there whenever the stand-ins are. */
const SHELL = "pulumi-rocketchat/stand-in:base";

export const standInsThere =
  dockerAnswers &&
  (await docker
    .getImage(MARK)
    .inspect()
    .then(Boolean, () => false));

export const PASSWORD = "Sesame-open-4711-again";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits for it; the test's own time limit ends the wait. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 100));
}

export class Server {
  readonly prefix = uniqueName();
  readonly port: number;

  private constructor(port: number) {
    this.port = port;
  }

  /** Whatever bears its names on the engine goes when the test ends, however it ends. */
  static async in(lab: Lab): Promise<Server> {
    return lab.closing(new Server(await freePort()));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** @param args more arguments of the component, @param content what follows it, given `opts` */
  program(args: string, content = ""): string {
    return `
const server = new rocketchat.RocketChatServer("chat", {
  startTimeoutSeconds: 120,
  namePrefix: ${JSON.stringify(this.prefix)}, port: ${this.port}, adminPassword: pulumi.secret(${JSON.stringify(PASSWORD)}), ${args}
});
const opts = { provider: server.connection };
${content}
export const url = server.url;`;
  }

  project(lab: Lab, engine: Engine, text: string): Project {
    const project = lab.project(engine, { url: "http://127.0.0.1:1" }, text);
    // The connection is the component's own.
    for (const name of ["URL", "USERNAME", "PASSWORD"]) project.set(`ROCKETCHAT_${name}`, undefined);
    return project;
  }

  reader(): Promise<Reader> {
    return Reader.connect(this.url, "admin", PASSWORD);
  }

  container(role: string) {
    return docker.getContainer(`${this.prefix}-${role}`);
  }

  async health(role: string): Promise<string | undefined> {
    return (await this.container(role).inspect()).State.Health?.Status;
  }

  /** Runs a script in a container; its output. */
  async shell(role: string, script: string): Promise<string> {
    const exec = await this.container(role).exec({
      Cmd: ["sh", "-c", script],
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
    });
    const stream = await exec.start({ Tty: true });
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    await once(stream, "end");
    return Buffer.concat(parts).toString().trim();
  }

  /** As when the machine runs out of memory: a signal from outside, which Docker does not take for a person's wish. */
  async kill(role: string): Promise<void> {
    const { State } = await this.container(role).inspect();
    await docker.run(SHELL, ["kill", "-9", String(State.Pid)], process.stderr, {
      HostConfig: { AutoRemove: true, PidMode: "host" },
    });
  }

  /** Names on the engine that begin with its own. */
  async names(): Promise<string[]> {
    const filters = { name: [this.prefix] };
    const [containers, networks, { Volumes: volumes }] = await Promise.all([
      docker.listContainers({ all: true, filters }),
      docker.listNetworks({ filters }),
      docker.listVolumes({ filters }),
    ]);
    return [
      ...containers.flatMap(({ Names }) => Names.map((name) => name.slice(1))),
      ...networks.map(({ Name }) => Name),
      ...(volumes ?? []).map(({ Name }) => Name),
    ].sort();
  }

  async close(): Promise<void> {
    const filters = { name: [this.prefix] };
    for (const { Id } of await docker.listContainers({ all: true, filters }))
      await docker.getContainer(Id).remove({ force: true });
    for (const { Id } of await docker.listNetworks({ filters })) await docker.getNetwork(Id).remove();
    const { Volumes: volumes } = await docker.listVolumes({ filters });
    for (const { Name } of volumes ?? []) await docker.getVolume(Name).remove();
  }
}
