/** Projects whose programs have containers: what they leave on the engine goes when the test ends. */
import { existsSync } from "node:fs";
import type { Engine } from "../support/engines.ts";
import type { Lab } from "../support/lab.ts";
import { nameOf, type Project } from "../support/project.ts";
import { docker } from "./busybox.ts";

const nowhere = { url: "http://127.0.0.1:1" };

/** What its state still has when the test ends is taken off the engine, however it ended. */
export function projectOf(lab: Lab, engine: Engine, text: string): Project {
  const project = lab.project(engine, nowhere, text);
  const close = async () => {
    const left = existsSync(project.checkpointFile) ? project.resources() : [];
    for (const { type, id = "" } of left.reverse()) {
      if (type.endsWith(":Container"))
        await docker
          .getContainer(id)
          .remove({ force: true, v: true })
          .catch(() => {});
      if (type.endsWith(":Network"))
        await docker
          .getNetwork(id)
          .remove()
          .catch(() => {});
      if (type.endsWith(":Volume"))
        await docker
          .getVolume(id)
          .remove({ force: true })
          .catch(() => {});
    }
  };
  lab.closing({ close });
  return project;
}

export const stateOf = (project: Project, name: string) => project.resources().find(({ urn }) => nameOf(urn) === name)!;
/** Of the resource "web". */
export const containerOf = (project: Project) => docker.getContainer(stateOf(project, "web").id!);
