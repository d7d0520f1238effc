/** A container that stands in the way of one to be made: taken over only as the work of a run that was cut off. */
import { describe, expect, it } from "vitest";
import { archiveOf } from "../../../../../../provider/runner/providers/docker/container/uploads.ts";
import type { Answer, Call } from "../fake-engine.ts";
import { recorded } from "../plugin-states.ts";
import { refused, thrown, willing } from "../support.ts";

const { inputs, engine, id, outputs } = recorded("full");
const there = engine as Record<string, Record<string, unknown>>;
const network = recorded("fixed").id;
const alias = { NetworkID: network, Aliases: ["a", "b", "191919191919"] };

/** The recorded container under its name, made just now and changed as `with` says; its image brings PATH. */
function standing({
  Config = {},
  HostConfig = {},
  Networks = { x: alias },
  hello = "hi",
  ...rest
}: Record<string, unknown>) {
  const info = {
    ...there,
    Created: new Date().toISOString(),
    Image: "sha256:1",
    ...rest,
    Config: { ...there.Config, Labels: { z: "1", a: "2" }, ...(Config as object) },
    HostConfig: {
      ...there.HostConfig,
      // The engine tells what is published only of one that runs; this is what it was asked for.
      PortBindings: {
        "53/udp": [{ HostIp: "127.0.0.1", HostPort: "13957" }],
        "3000/tcp": [{ HostIp: "0.0.0.0", HostPort: "" }],
      },
      Binds: ["rec-volume:/v:rw", "/etc:/h:ro"],
      ...(HostConfig as object),
    },
    NetworkSettings: { ...there.NetworkSettings, Networks },
  };
  const archive = archiveOf([{ file: "etc/hello", content: hello }]);
  let removed = false;
  return archive.then((files) =>
    willing(({ method, path }: Call): Answer => {
      if (method === "DELETE") removed = true;
      if (path === "/containers/create" && !removed) {
        return refused(409, 'The container name "/rec-full" is already in use by container "1919".');
      }
      if (path.startsWith("/images/"))
        return { body: { Id: "sha256:1", Config: { Env: ["PATH=/bin"], Labels: null } } };
      if (path.endsWith("/archive") && method === "GET") return { body: files };
      return method === "GET" && path.endsWith("/json") ? { body: info } : undefined;
    }),
  );
}

const Env = ["Z=1", "A=2", "M=3", "PATH=/bin"];

describe("one that is just as declared", () => {
  it("is taken over after a run that was cut off, and left to run", async () => {
    const { provider, calls, lines } = await standing({ Config: { Env } });
    expect(await provider.create(inputs, true)).toMatchObject({ id, outputs: { name: outputs.name } });
    expect(calls.some(({ method }) => method === "DELETE" || method === "PUT")).toBe(false);
    expect(lines).toEqual([
      "The container rec-full was there already, made by an earlier run that could not record it; it is taken over.",
    ]);
  });

  it("is made anew when it never ran: how far it had come is not known", async () => {
    const State = { ...there.State, Running: false, Status: "created" };
    const { provider, calls } = await standing({ Config: { Env }, State, Networks: {} });
    await provider.create(inputs, true);
    expect(calls.map(({ method, path }) => `${method} ${path.replace(id, "ID")}`)).toEqual(
      expect.arrayContaining(["DELETE /containers/ID", "PUT /containers/ID/archive", "POST /containers/ID/start"]),
    );
  });

  it("is a conflict when no run was cut off, or long ago", async () => {
    for (const [created, cutOff] of [
      [new Date(), false],
      [new Date(Date.now() - 25 * 3_600_000), true],
    ] as const) {
      const { provider, calls } = await standing({ Config: { Env }, Created: created.toISOString() });
      expect((await thrown(provider.create(inputs, cutOff))).message).toMatch(
        /^A container named "rec-full" is there already \(191919191919\)\. It is not this stack's\./,
      );
      expect(calls.some(({ method }) => method === "DELETE")).toBe(false);
    }
  });
});

it.each([
  ["envs", { Config: { Env: ["Z=1", "A=2", "M=3", "PATH=/bin", "B=1"] } }],
  ["envs", { Config: { Env: ["Z=1", "A=other", "M=3", "PATH=/bin"] } }],
  ["labels", { Config: { Env, Labels: { z: "1" } } }],
  ["image", { Config: { Env }, Image: "sha256:2" }],
  ["memory", { Config: { Env }, HostConfig: { Memory: 2 ** 20 } }],
  ["ports", { Config: { Env }, HostConfig: { PortBindings: {} } }],
  ["privileged", { Config: { Env }, HostConfig: { Privileged: true } }],
  ["volumes", { Config: { Env }, HostConfig: { Binds: ["/etc:/h:ro"] } }],
  ["networksAdvanced", { Config: { Env }, Networks: { bridge: { NetworkID: "1" } } }],
  ["networksAdvanced", { Config: { Env }, Networks: { x: { ...alias, Aliases: ["a"] } } }],
  ["uploads", { Config: { Env }, hello: "other" }],
])("is a conflict that names %s when that differs", async (property, change) => {
  const { provider, calls } = await standing(change);
  expect((await thrown(provider.create(inputs, true))).message).toMatch(
    new RegExp(`may have made it, but not as it is declared now: ${property}\\.\\n.*docker rm -f rec-full`),
  );
  expect(calls.some(({ method }) => method === "DELETE")).toBe(false);
});
