import { chmodSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { bench, documentBench } from "../../../support/command-line.ts";
import { repository } from "../../../support/engines.ts";
import { startServer, type TestServer } from "../../../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const REPORT = `Drift: what somebody changed by hand
2 changed, 1 gone

Risks:
  HIGH    Room #gone is gone
  HIGH    The secret setting SMTP_Password changes

Rooms
  #gone
    - Room #gone is gone  (!)
  #ops
    ~ Room #ops was changed
        topic: "Calm" → "Hacked"

Settings and sign-in
  ~ Setting SMTP_Password was changed  (!)
      value: secret, changed
`;

test("tells what was changed by hand and what is gone, and writes nothing", async () => {
  const at = documentBench(
    server.url,
    "channels: { ops: { topic: Calm }, gone: {} }\nsettings: { Site_Name: Acme, SMTP_Password: { env: SMTP } }\n",
  );
  vi.stubEnv("SMTP", "post-office");
  expect(await at.run("up", "--yes", "--skip-preview", "--engine", "embedded")).toMatchObject({ code: 0 });
  expect(await at.run("drift")).toEqual({
    code: 0,
    stdout: "Drift: what somebody changed by hand\nnothing was changed by hand\n",
    stderr: "",
  });

  const room = await server.reader.room("ops");
  await server.reader.post("channels.setTopic", { roomId: room?._id, topic: "Hacked" });
  await server.reader.post("channels.delete", { roomName: "gone" });
  await server.reader.post("settings/SMTP_Password", { value: "somebody-elses" });
  await server.forget();
  const { code, stdout, stderr } = await at.run("drift");
  expect(stderr).toBe("");
  expect(stdout).toBe(REPORT);
  expect(stdout).not.toMatch(/somebody-elses|post-office/);
  expect(code).toBe(2);
  const writes = Object.keys(await server.calls()).filter(
    (call) => !call.startsWith("GET") && !/log(in|out)$/.test(call),
  );
  expect(writes).toEqual([]);
  expect(JSON.parse((await at.run("drift", "--json")).stdout).changes).toHaveLength(3);

  vi.stubEnv("ROCKETCHAT_PASSWORD", "wr0ng-secret");
  const refused = await at.run("drift");
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain("error: ");
  expect(refused.stdout).not.toMatch(/nothing|wr0ng-secret/);
});

test("takes a stack that isn't there for a mistake", async () => {
  const at = bench();
  const { code, stderr } = await at.run("drift", "-s", "nowhere");
  expect(code).toBe(6);
  expect(stderr).toContain("nowhere");
});

describe("by the Pulumi CLI, which reaches every backend", () => {
  /** A CLI that gives what the real one, 3.260, gave for two changes and a deletion by hand, and notes how it was called. */
  function stage(document = "channels: { ops: { topic: Calm }, gone: {} } # ours\n") {
    const at = bench();
    rmSync(path.join(at.folder, "Pulumi.yaml"));
    at.write("workspace.yaml", `name: acme\n${document}`);
    const preview = path.join(repository, "test/fixtures/drift/refresh.jsonl");
    at.write(
      "bin/pulumi",
      `#!/bin/sh\nif [ "$1" = version ]; then echo v3.260.0; exit; fi\necho "$*" >> ${at.folder}/calls\ncase "$*" in *--preview-only*) cat ${preview};; esac\n`,
    );
    chmodSync(path.join(at.folder, "bin/pulumi"), 0o755);
    vi.stubEnv("PATH", `${path.join(at.folder, "bin")}:${process.env.PATH}`);
    vi.stubEnv("PULUMI_BACKEND_URL", "s3://elsewhere");
    return at;
  }
  const CALL = "--stack dev --json --preview-only";

  test("tells the same, and puts it into document and state", async () => {
    const at = stage();
    const told = await at.run("drift", "--stack", "dev");
    expect(told).toEqual({
      code: 2,
      stdout: REPORT.replace("by hand", "by hand on dev"),
      stderr: "Engine: Pulumi CLI 3.260.0 (found on PATH)\n",
    });
    const written = await at.run("drift", "--stack", "dev", "--engine", "pulumi", "--write", "--out", "report.txt");
    expect(at.read("report.txt")).toBe(told.stdout);
    expect(written.stdout).toBe(
      "written: Channel acme/ops: topic: workspace.yaml:2\n" +
        "left alone: Channel acme/gone: it is gone\n" +
        "left alone: Setting acme/SMTP_Password: the document does not declare it\n",
    );
    expect(written.code).toBe(2);
    expect(at.read("workspace.yaml")).toBe("name: acme\nchannels: { ops: { topic: Hacked }, gone: {} } # ours\n");
    const calls = at
      .read("calls")
      .replaceAll(/--cwd \S+ /g, "")
      .trim()
      .split("\n");
    const urn =
      "urn:pulumi:dev::acme::rocketchat:components:Workspace$pulumi-nodejs:dynamic/rocketchat:Channel::acme/ops";
    expect(calls).toEqual([
      `refresh ${CALL}`,
      `refresh ${CALL}`,
      `refresh --stack dev --yes --skip-preview --target ${urn}`,
    ]);
  });

  test("asks for the stack, which only the CLI could look for", async () => {
    const { code, stderr } = await stage().run("drift");
    expect(stderr).toContain("Name it with --stack.");
    expect(code).toBe(1);
  });

  test("is no way where there is none", async () => {
    const at = stage();
    vi.stubEnv("PATH", path.join(at.folder, "home"));
    const { code, stderr } = await at.run("drift", "--stack", "dev");
    expect(stderr).toContain("The backend s3://elsewhere is not supported.");
    expect(code).toBe(1);
  });
});
