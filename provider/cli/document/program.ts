/**
 * A project folder for the Pulumi CLI in which a workspace document is the program: the CLI knows programs only. Lives for one
 * command; stack configuration and state are where they are without it.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { nameIn, projectOf } from "./project.ts";

export interface DocumentProgram {
  readonly folder: string;
  /** Where the CLI keeps state, if the document's project says so. */
  readonly backendUrl: string | undefined;
  remove(): void;
}

/** The package's folder, and the one that holds `pulumi`, as seen from here. */
function packages(): { own: string; pulumi: string } {
  const require = createRequire(import.meta.url);
  return {
    own: path.dirname(require.resolve("pulumi-rocketchat/package.json")),
    pulumi: path.dirname(path.dirname(require.resolve("@pulumi/pulumi/package.json"))),
  };
}

/** The document is read by the program alone; what is wrong with it is for the caller to find out before. */
export async function writeProgram(file: string, overlays: readonly string[] = []): Promise<DocumentProgram> {
  const project = await projectOf(file);
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "pulumi-rocketchat-")));
  const { own, pulumi } = packages();
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(own, path.join(folder, "node_modules", "pulumi-rocketchat"));
  symlinkSync(pulumi, path.join(folder, "node_modules", "@pulumi"));
  const runtime = { name: "nodejs", options: { typescript: false } };
  // The stacks' configuration stays where the document is. The CLI takes a path from the project's folder only.
  const stackConfigDir = path.relative(folder, realpathSync(project.stackConfigDir));
  const settings = { name: project.name, runtime, main: "index.js", stackConfigDir };
  writeFileSync(path.join(folder, "Pulumi.yaml"), stringify(settings));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }\n');
  const within = (document: string) => {
    const inside = path.relative(project.dir, path.resolve(document));
    return inside.startsWith("..") ? path.resolve(document) : inside;
  };
  const given = { file: within(file), overlays: overlays.map(within) };
  const lines = [
    'import { Workspace } from "pulumi-rocketchat";',
    `new Workspace(${JSON.stringify(nameIn(file) ?? project.name)}, ${JSON.stringify(given)});`,
  ];
  writeFileSync(path.join(folder, "index.js"), `${lines.join("\n")}\n`);
  // Files that the document names are found from here as from there. Last: nothing is written through a link.
  for (const name of readdirSync(project.dir)) {
    const link = path.join(folder, name);
    if (!existsSync(link)) symlinkSync(path.join(project.dir, name), link);
  }
  return {
    folder,
    backendUrl: project.backendUrl,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
