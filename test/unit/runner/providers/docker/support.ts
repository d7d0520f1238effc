/** The driver on an engine that says what a test wants of it. */
import { expect } from "vitest";
import { dockerPackage } from "../../../../../provider/runner/providers/docker/package.ts";
import { type Answer, type Call, fakeEngine } from "./fake-engine.ts";
import { recorded } from "./plugin-states.ts";

export async function on(
  type: string,
  answer: (call: Call) => Answer,
  config: Record<string, unknown> = {},
  signal = new AbortController().signal,
) {
  const lines: string[] = [];
  const { host, calls } = await fakeEngine(answer);
  const voice = {
    waiting: ({ message }: { message: string }) => lines.push(message),
    log: (line: string) => lines.push(line),
    signal,
  };
  const provider = await dockerPackage({ config: { host, ...config }, ...voice }).resource(type, {});
  return { provider, calls, lines, host };
}

export const refused = (status: number, message: string): Answer => ({ status, body: { message } });

export const thrown = (act: Promise<unknown>): Promise<Error> =>
  act.then(
    () => expect.fail("it went well"),
    (error) => error,
  );

export const CONTAINER = "docker:index/container:Container";

/** An engine that does all it is asked for the container "full", but for what `but` answers. */
export function willing(but: (call: Call) => Answer = () => undefined, signal?: AbortSignal) {
  const { engine, id } = recorded("full");
  const answer = (call: Call): Answer => {
    const said = but(call);
    if (said) return said;
    if (call.path === "/containers/create") return { status: 201, body: { Id: id, Warnings: [] } };
    if (call.method === "GET" && call.path.startsWith("/images/")) return { body: { Id: "sha256:1" } };
    if (call.method === "GET") return { body: engine };
    return { status: call.path.endsWith("/start") || call.method === "DELETE" ? 204 : 200 };
  };
  return on(CONTAINER, answer, {}, signal);
}
