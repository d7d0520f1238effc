/** What a test sets up: servers, forwarders, projects. All of it is taken down by one call, in reverse order. */
import type { Engine } from "./engines.ts";
import { type Forwarder, startForwarder } from "./forwarder.ts";
import { Project } from "./project.ts";
import { ADMIN, startServer, type TestServer } from "./server.ts";

export class Lab {
  private readonly open: (() => Promise<void>)[] = [];

  async server(options: Parameters<typeof startServer>[0] = {}): Promise<TestServer> {
    return this.closing(await startServer(options));
  }

  async forwarder(target: string): Promise<Forwarder> {
    return this.closing(await startForwarder(target));
  }

  /** A project whose connection is the server's admin, by environment; `env` adds to that or overrides it. */
  project(
    engine: Engine,
    server: { readonly url: string },
    program: string,
    env: Readonly<Record<string, string>> = {},
  ): Project {
    const connection = {
      ROCKETCHAT_URL: server.url,
      ROCKETCHAT_USERNAME: ADMIN.username,
      ROCKETCHAT_PASSWORD: ADMIN.password,
    };
    return this.closing(new Project(engine, program, { ...connection, ...env }));
  }

  /** Registers what must be closed at the end; last in, first out. */
  closing<T extends { close(): Promise<void> }>(part: T): T {
    this.open.push(() => part.close());
    return part;
  }

  async close(): Promise<void> {
    for (const close of this.open.reverse()) await close();
  }
}
