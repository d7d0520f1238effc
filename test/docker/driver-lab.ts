/** The driver's resources as the engine of a run makes them, on a real Docker Engine; gone when the test ends. */
import { expect, onTestFinished } from "vitest";
import { dockerPackage } from "../../provider/runner/providers/docker/package.ts";
import { docker, serving } from "./busybox.ts";

export type Inputs = Record<string, unknown>;

const kinds = {
  network: "docker:index/network:Network",
  volume: "docker:index/volume:Volume",
  image: "docker:index/remoteImage:RemoteImage",
  container: "docker:index/container:Container",
} as const;

/** `run`: begin of the names; `image`: of containers that say nothing of theirs. */
export function driverLab(run: string, image: string) {
  const lines: string[] = [];
  const packageAt = (config: Inputs = {}) =>
    dockerPackage({ config, waiting: () => {}, log: (line) => lines.push(line) });
  const packaged = packageAt();
  const provider = (kind: keyof typeof kinds) => packaged.resource(kinds[kind], {});

  /** Whatever came of it goes when the test ends. */
  function goes(kind: keyof typeof kinds, name: string): void {
    onTestFinished(async () => {
      if (kind === "container")
        await docker
          .getContainer(name)
          .remove({ force: true, v: true })
          .catch(() => {});
      if (kind === "network")
        await docker
          .getNetwork(name)
          .remove()
          .catch(() => {});
      if (kind === "volume")
        await docker
          .getVolume(name)
          .remove({ force: true })
          .catch(() => {});
    });
  }

  /** As the engine of a run does: check, then create. */
  async function make(kind: keyof typeof kinds, inputs: Inputs) {
    const { provider, checked, name } = await checkedInputs(kind, inputs);
    const made = await provider.create(checked);
    return { provider, inputs: checked, name, ...made };
  }

  async function checkedInputs(kind: keyof typeof kinds, inputs: Inputs, config?: Inputs) {
    const from = config ? packageAt(config) : packaged;
    const provider = await from.resource(kinds[kind], {});
    const given = kind === "container" ? { image, restart: "no", command: serving, ...inputs } : inputs;
    const { inputs: checked, failures } = await provider.check({}, given, `urn:pulumi:dev::p::${kinds[kind]}::${run}`);
    expect(failures).toEqual([]);
    const name = String(checked.name);
    goes(kind, name);
    return { provider, checked, name };
  }

  return { lines, make, container: (inputs: Inputs) => make("container", inputs), provider, checkedInputs };
}

export const thrown = (act: Promise<unknown>): Promise<Error> =>
  act.then(
    () => expect.fail("it went well"),
    (error) => error,
  );

export const running = async (id: string) => (await docker.getContainer(id).inspect()).State.Running;

export const gone = (name: string) =>
  docker
    .getContainer(name)
    .inspect()
    .then(
      () => false,
      () => true,
    );

export const published = (outputs: Inputs) => (outputs.ports as { external: number }[])[0]!.external;

export const page = async (outputs: Inputs, file = "page") =>
  (await fetch(`http://127.0.0.1:${published(outputs)}/${file}`)).text();
