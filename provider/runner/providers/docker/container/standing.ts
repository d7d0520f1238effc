/** Compares a container that is there already with what is declared, as far as the engine tells. Changes nothing. */
import { isDeepStrictEqual } from "node:util";
import type { Container, ImageInspectInfo } from "dockerode";
import { isObject, type Properties } from "../../../values.ts";
import { changedFields } from "../diff.ts";
import { container as schema } from "../fields/container.ts";
import { objectsOf, textsOf } from "../labels.ts";
import { type Inspection, valuesOf } from "./inspect.ts";
import { createOptions } from "./options.ts";
import { sameFiles } from "./uploads.ts";

/** It was made, but never started. */
export const neverRan = ({ State }: Inspection): boolean => State.Status === "created";

/** Properties that are not as declared. Of one that never ran only what it was made with. */
export async function differing(
  container: Container,
  info: Inspection,
  image: ImageInspectInfo,
  inputs: Properties,
): Promise<string[]> {
  // Whether it runs, and thereby its ports, is put right afterwards.
  const read = changedFields(schema.fields, valuesOf(info, inputs), inputs).filter(
    (key) => key !== "mustRun" && key !== "ports",
  );
  const differs: Readonly<Record<string, boolean>> = { ...unread(info, image, inputs), ...(await lasting()) };
  return [...new Set([...read, ...Object.keys(differs).filter((key) => differs[key])])].sort();

  async function lasting() {
    if (neverRan(info)) return {};
    const uploads = await sameFiles(container, objectsOf(inputs.uploads));
    return { networksAdvanced: !sameNetworks(info, inputs), uploads: !uploads };
  }
}

/** What reading leaves as it was given, for the image has a part in it. */
function unread({ Config, HostConfig, Image }: Inspection, image: ImageInspectInfo, inputs: Properties) {
  const { Env, Labels, Healthcheck, HostConfig: host } = createOptions(inputs)._body;
  const named = (env: unknown) =>
    new Map((textsOf(env) ?? []).map((entry) => entry.split(/=(.*)/s, 2) as [string, string]));
  const sorted = (value: unknown) => (textsOf(value) ?? []).sort();
  const { Env: fromImage, Labels: imageLabels } = image.Config;
  return {
    image: Image !== image.Id,
    envs: !isDeepStrictEqual(named(Config.Env), new Map([...named(fromImage), ...named(Env)])),
    labels: !isDeepStrictEqual({ ...(Config.Labels as object | null) }, { ...imageLabels, ...Labels }),
    healthcheck: Healthcheck !== undefined && !isObject(Config.Healthcheck),
    ports: !isDeepStrictEqual({ ...(HostConfig.PortBindings as object | null) }, { ...host?.PortBindings }),
    volumes:
      !isDeepStrictEqual(sorted(HostConfig.Binds), sorted(host?.Binds)) ||
      !isDeepStrictEqual(sorted(HostConfig.VolumesFrom), sorted(host?.VolumesFrom)),
  };
}

function sameNetworks({ NetworkSettings }: Inspection, inputs: Properties): boolean {
  const wanted = objectsOf(inputs.networksAdvanced);
  const joined = Object.entries(NetworkSettings.Networks ?? {});
  if (wanted.length === 0) return true;
  return (
    joined.length === wanted.length &&
    wanted.every(({ name, aliases }) => {
      const [, there] = joined.find(([key, { NetworkID }]) => key === name || NetworkID === name) ?? [];
      const known = textsOf(there?.Aliases) ?? [];
      return there !== undefined && (textsOf(aliases) ?? []).every((alias) => known.includes(alias));
    })
  );
}
