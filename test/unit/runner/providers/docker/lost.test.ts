/** An engine that goes away in the middle of a call, at every one of them. */
import { describe, expect, it } from "vitest";
import { PartialError, UnknownOutcomeError } from "../../../../../provider/runner/errors.ts";
import { unreachable, whenLost } from "../../../../../provider/runner/providers/docker/lost.ts";
import type { Answer, Call } from "./fake-engine.ts";
import { recorded } from "./plugin-states.ts";
import { on, thrown, willing } from "./support.ts";

const gone =
  /^The Docker daemon at unix:\/\/.*engine\.sock went away in the middle of this\. \(.+\)\n {2}When it runs again/;
const { inputs, outputs, id } = recorded("full");

describe("a container whose engine goes away", () => {
  it.each([
    ["before it is made", "POST", "/containers/create"],
    ["as it is connected", "POST", "/networks/bridge/disconnect"],
    ["as its files are brought", "PUT", `/containers/${id}/archive`],
    ["as it is started", "POST", `/containers/${id}/start`],
    ["as it is looked at", "GET", `/containers/${id}/json`],
  ])("%s", async (_, method, path) => {
    const { provider } = await willing((call) =>
      call.method === method && call.path === path ? "hang up" : undefined,
    );
    const error = await thrown(provider.create(inputs));
    expect(error.message).toMatch(gone);
    // Whether it is there has to be found out by the next run.
    expect(error).toBeInstanceOf(UnknownOutcomeError);
  });

  it("as it is waited for: it is known all the same", async () => {
    let looks = 0;
    const isLook = ({ method, path }: Call) => method === "GET" && path === `/containers/${id}/json`;
    const { provider } = await willing((call): Answer => (isLook(call) && ++looks > 1 ? "hang up" : undefined));
    const error = await thrown(provider.create({ ...inputs, wait: true }));
    expect(error).toBeInstanceOf(PartialError);
    expect(error).toMatchObject({ id, outputs: { name: "rec-full" }, message: expect.stringMatching(gone) });
  });

  it("as it is changed or deleted", async () => {
    const { provider } = await willing(({ method }) => (method === "GET" ? undefined : "hang up"));
    for (const act of [
      provider.update(id, inputs, outputs, { ...inputs, memory: 512, memorySwap: 512 }),
      provider.delete(id, outputs),
    ]) {
      const error = await thrown(act);
      expect(error).toBeInstanceOf(UnknownOutcomeError);
      expect(error.message).toMatch(gone);
    }
  });
});

it.each([
  ["docker:index/network:Network", "net"],
  ["docker:index/volume:Volume", "data"],
  ["docker:index/remoteImage:RemoteImage", "kept"],
])("%s", async (type, name) => {
  const { provider } = await on(type, () => "hang up");
  const { inputs: given } = recorded(name);
  expect((await thrown(provider.create(given))).message).toMatch(gone);
});

const system = (code: string, syscall?: string) =>
  Object.assign(new Error(`${syscall ?? ""} ${code}`), { code, syscall });

describe("the first call", () => {
  it.each([
    ["EACCES", "connect", "permission denied", /May this user use it\? .*group `docker`/],
    ["ENOENT", "connect", "no such socket", /Is Docker installed and running\?/],
    ["ECONNREFUSED", "connect", "connect ECONNREFUSED", /Is it running\?/],
  ])("%s", (code, syscall, why, question) => {
    const { message } = unreachable("unix:///x.sock", system(code, syscall));
    expect(message).toMatch(/^Cannot connect to the Docker daemon at unix:\/\/\/x\.sock\. /);
    expect(message).toMatch(question);
    expect(message).toContain(`(${why})\n`);
    expect(message).toContain("set DOCKER_HOST");
  });
});

it("leaves alone what the engine said, and what a file said", () => {
  const answered = Object.assign(new Error("no"), { statusCode: 500, code: "ECONNRESET" });
  for (const error of [
    answered,
    system("ENOENT", "open"),
    new Error("x", { cause: system("EACCES", "open") }),
    "text",
  ]) {
    expect(whenLost("tcp://x", error)).toBe(error);
  }
});
