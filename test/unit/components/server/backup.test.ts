/** The sidecar's script, run by a real sh with stand-ins for MongoDB's tools and for time. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { script } from "../../../../provider/components/server/backup.ts";

let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
const backups = () => readdirSync(at("backups")).sort();

const dumping = (text: string) => `for a; do case $a in --archive=*) echo ${text} > "\${a#--archive=}";; esac; done`;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "rocketchat-backup-"));
  for (const name of ["bin", "backups"]) mkdirSync(at(name));
  tool("mongodump", dumping("whole"));
  tool("mongorestore", "exit 0");
  tool("mongosh", "echo 0");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Each call is kept in a file beside it. */
function tool(name: string, body: string) {
  writeFileSync(at("bin", name), `#!/bin/sh\necho "$*" >> ${at(`${name}.calls`)}\n${body}\n`, { mode: 0o755 });
}

const callsOf = (name: string): string[] =>
  existsSync(at(`${name}.calls`))
    ? readFileSync(at(`${name}.calls`), "utf8")
        .trim()
        .split("\n")
    : [];

/** Ends, as Docker would end it, when it has slept that often. */
function run(does: Parameters<typeof script>[0], sleeps = 1, env: Record<string, string> = {}) {
  rmSync(at("sleep.calls"), { force: true });
  tool("sleep", `[ "$(wc -l < ${at("sleep.calls")})" -ge ${sleeps} ] && kill -TERM $PPID\nexit 0`);
  const places = { folder: at("backups"), archive: at("given.gz"), ready: at("ready") };
  return spawnSync("sh", ["-c", script(does, places)], {
    encoding: "utf8",
    timeout: 30_000,
    env: {
      PATH: `${at("bin")}:${process.env.PATH}`,
      MONGO_URL: "mongodb://db/rocketchat",
      MINUTES: "60",
      KEEP: "2",
      ...env,
    },
  });
}

function older(name: string, hours: number) {
  writeFileSync(at("backups", name), "old");
  const then = Date.now() / 1_000 - hours * 3_600;
  utimesSync(at("backups", name), then, then);
}

describe("backups", () => {
  const does = { restore: false, backUp: true };
  beforeEach(() => tool("mongosh", "echo 3"));

  it("wait for a database that holds something", () => {
    tool("mongosh", "echo 0");
    const { stderr } = run(does, 2);
    expect([callsOf("mongodump"), backups(), stderr]).toEqual([[], [], ""]);
    tool("mongosh", "exit 1");
    expect(run(does, 2).stderr).toMatch(/no backup was made/);
    expect(callsOf("mongodump")).toEqual([]);
    tool("mongosh", "echo 1");
    run(does, 2);
    expect(callsOf("mongodump")).toHaveLength(1);
  });

  it("are made when the last one is old enough, and the oldest go", () => {
    older("rocketchat-20250101T000000Z.gz", 72);
    older("rocketchat-20250102T000000Z.gz", 48);
    older("rocketchat-20250103T000000Z.gz", 24);
    const { status, stdout } = run(does, 3);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^made .*rocketchat-\d{8}T\d{6}Z\.gz\n$/);
    expect(callsOf("mongodump")).toHaveLength(1);
    expect(callsOf("mongodump")[0]).toMatch(
      /^--uri=mongodb:\/\/db\/rocketchat --archive=\S+\.gz\.part --gzip --quiet$/,
    );
    expect(backups()).toHaveLength(2);
    expect(backups()[0]).toBe("rocketchat-20250103T000000Z.gz");
    expect(existsSync(at("ready"))).toBe(true);
  });

  it("wait out the interval over a restart", () => {
    older("rocketchat-20250103T000000Z.gz", 0.5);
    run(does, 2);
    expect(callsOf("mongodump")).toEqual([]);
    expect(backups()).toEqual(["rocketchat-20250103T000000Z.gz"]);
  });

  it("that fail leave nothing behind and are tried again, and the old ones stay", () => {
    older("rocketchat-20250103T000000Z.gz", 24);
    tool("mongodump", `${dumping("half")}; exit 1`);
    const { stderr } = run(does, 2, { KEEP: "1" });
    expect(callsOf("mongodump")).toHaveLength(2);
    expect(backups()).toEqual(["rocketchat-20250103T000000Z.gz"]);
    expect(stderr).toMatch(/no backup was made/);
  });
});

describe("the restore", () => {
  const does = { restore: true, backUp: false };

  it("fills an empty database, then lets Rocket.Chat start", () => {
    expect(run(does).status).toBe(0);
    expect(callsOf("mongorestore")).toEqual([
      `--uri=mongodb://db/rocketchat --nsInclude=rocketchat.* --archive=${at("given.gz")} --gzip --drop`,
    ]);
    expect(existsSync(at("ready"))).toBe(true);
    expect(backups()).toEqual([]);
  });

  it("leaves a workspace alone that is there", () => {
    tool("mongosh", "echo 3");
    expect(run(does).status).toBe(0);
    expect(callsOf("mongorestore")).toEqual([]);
    expect(existsSync(at("ready"))).toBe(true);
  });

  it("that was cut off is done again, though some users are there", () => {
    tool("mongorestore", "exit 1");
    writeFileSync(at("ready"), "");
    expect(run(does).status).toBe(1);
    expect(existsSync(at("ready"))).toBe(false);
    tool("mongosh", "echo 3");
    tool("mongorestore", "exit 0");
    expect(run(does).status).toBe(0);
    expect(callsOf("mongorestore")).toHaveLength(2);
    expect(run(does).status).toBe(0);
    expect(callsOf("mongorestore")).toHaveLength(2);
  });

  it("does not take a database that can't be asked for an empty one", () => {
    tool("mongosh", "exit 1");
    expect(run(does).status).toBe(1);
    expect(callsOf("mongorestore")).toEqual([]);
  });
});
