/** A whole chain: a program declares a webhook, something posts to its address, and who watches the room sees it. */
import path from "node:path";
import { expect, vi } from "vitest";
import { repository } from "../support/engines.ts";
import { start } from "../support/processes.ts";
import { declare, expression, programOf } from "../support/programs.ts";
import { scenario } from "../support/scenario.ts";

scenario("a message through a declared webhook is seen in realtime", async ({ lab }) => {
  const server = await lab.server();
  const program = {
    alerts: declare("Channel", { name: "alerts" }),
    // rocket.cat holds the role bot, which lets it post under another name
    hook: declare("IncomingWebhook", {
      name: "pager",
      channel: expression("pulumi.concat('#', alerts.name)"),
      username: "rocket.cat",
      alias: "Pager",
    }),
  };
  const project = lab.project("embedded", server, programOf(program));
  await project.succeed("up");

  const script = path.join(repository, "examples/watch-room/index.ts");
  const watcher = start(process.execPath, [script, "#alerts"], { cwd: repository, env: project.env });
  lab.closing({
    close: async () => {
      watcher.killGroup();
      await watcher.done;
    },
  });
  const until = (text: string) => vi.waitFor(() => expect(watcher.output()).toContain(text), { timeout: 60_000 });
  await until("Watching #alerts as admin");

  // the declared address, as the server has it
  const [hook] = await server.reader.integrations();
  const answer = await fetch(`${server.url}/hooks/${hook?._id}/${String(hook?.token)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: "disk full on db-1" }),
  });
  expect(answer.status).toBe(200);
  await until("Pager: disk full on db-1");

  watcher.kill("SIGINT");
  expect(await watcher.done).toMatchObject({ code: 0, signal: null });
});
