/** Every example goes up on a server of its own. How each kind stays as it is and goes down: contract and e2e. */
import { cpSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { repository } from "../support/engines.ts";
import { Project } from "../support/project.ts";
import { ADMIN, startServer } from "../support/server.ts";

const folder = path.join(repository, "examples");
const examples = readdirSync(folder);
/** They bring up a server of their own, with Docker or Kubernetes. */
const withServer = (name: string) => name.startsWith("server-");
/** No Pulumi programs; what they do is tested elsewhere. */
const isScript = (name: string) => name === "watch-room" || !existsSync(path.join(folder, name, "index.ts"));

/** What the project of the test has itself. */
const OWN = /\/(Pulumi\.yaml|package\.json|node_modules)$/;

/** What the examples ask for with `pulumi config set`. */
const CONFIG = {
  alicePassword: "Example-Passw0rd-4",
  initialPassword: "Example-Passw0rd-1",
  botPassword: "Example-Passw0rd-2",
  smtpPassword: "Example-Passw0rd-3",
  oauthSecret: "Example-Secret-6",
  directoryPassword: "Example-Passw0rd-6",
  githubSecret: "example-secret-1",
  gitlabSecret: "example-secret-2",
};

const kinds = readdirSync(path.join(repository, "provider", "kinds"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["base", "provider", "local"].includes(entry.name))
  .map((entry) => entry.name);

it("has an example for every kind, and the quickstart", () => {
  expect(examples).toEqual(expect.arrayContaining([...kinds, "quickstart"]));
});

describe.concurrent("examples", () => {
  it.each(examples.filter((name) => !withServer(name) && !isScript(name)))("%s", async (example) => {
    const server = await startServer();
    const project = new Project("embedded", "", {
      ROCKETCHAT_URL: server.url,
      ROCKETCHAT_USERNAME: ADMIN.username,
      ROCKETCHAT_PASSWORD: ADMIN.password,
      BOB_PASSWORD: "Example-Passw0rd-5",
    });
    try {
      cpSync(path.join(folder, example), project.folder, { recursive: true, filter: (file) => !OWN.test(file) });
      const config = Object.fromEntries(Object.entries(CONFIG).map(([key, value]) => [`e2e:${key}`, value]));
      project.write("Pulumi.dev.yaml", stringify({ config }));
      await project.succeed("up");
      expect(Object.keys(project.ids()).length).toBeGreaterThan(0);
      // That nothing is left to do holds for every kind (contract); here it is asked of what is more than one kind.
      if (!kinds.includes(example)) await project.succeed("preview", "--expect-no-changes");
    } finally {
      await project.close();
      await server.close();
    }
  });
});
