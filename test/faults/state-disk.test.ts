/** Disks that are full or read-only, real ones: refused before anything is called, or reported; nothing is lost. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Things } from "../support/things.ts";

/** A disk of our own needs the right to mount; a container often hasn't it. */
const canMount =
  spawnSync("sh", ["-c", "d=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d; s=$?; rmdir $d; exit $s"]).status ===
  0;
const suite = canMount ? describe : describe.skip;

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 60_000, interval: 20 });

suite(`a state on a disk of its own${canMount ? "" : " (skipped: no right to mount)"}`, () => {
  let things: Things;
  let disk: string;

  beforeEach(() => {
    things = new Things();
    disk = path.join(things.folder, "state");
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
  });
  afterEach(() => {
    spawnSync("umount", ["-l", disk]);
    things.remove();
  });

  const remount = (option: "ro" | "rw") => execFileSync("mount", ["-o", `remount,${option}`, disk]);
  /** Leaves no byte free. */
  const fill = () => {
    for (const size of [65_536, 4_096, 1])
      try {
        for (let n = 0; ; n += 1)
          writeFileSync(path.join(disk, `ballast-${size}-${n}`), Buffer.alloc(size, 1), { flag: "wx" });
      } catch {
        // Full.
      }
  };
  const free = () => {
    for (const name of readdirSync(disk)) if (name.startsWith("ballast")) rmSync(path.join(disk, name));
  };
  const stateFolder = () => path.join(disk, ".pulumi/stacks/things");
  const checkpoint = () => readFileSync(path.join(stateFolder(), "dev.json"), "utf8");
  const three = ["a", "b", "c"].map((name) => ({ name, props: { color: "red" } }));

  test("full at the start: refused, nothing is called, and once there is room all is well", async () => {
    things.declare(three.slice(0, 1));
    expect((await things.up()).code).toBe(0);
    const before = checkpoint();
    things.calls();
    fill();
    things.declare(three);
    const refused = await things.up();
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/error: Can't write \S+: the disk is full\.\n {2}Free space/);
    expect(refused.output).not.toMatch(/\n\s+at /);
    expect(things.writes()).toEqual([]);
    expect(checkpoint()).toBe(before);
    free();
    expect((await things.up()).code).toBe(0);
    expect(Object.keys(things.cloud().objects)).toHaveLength(3);
  });

  test("read-only: a change is refused before anything is called, a preview is not", async () => {
    things.declare(three.slice(0, 1));
    expect((await things.up()).code).toBe(0);
    things.calls();
    remount("ro");
    things.declare(three);
    const refused = await things.up();
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/error: Can't \S+.* \S+: the file system is read-only\./);
    expect(things.writes()).toEqual([]);
    expect((await things.run("preview")).code).toBe(0);
    remount("rw");
    expect((await things.up()).code).toBe(0);
  });

  test("full in the middle: what was done is reported with its id or recorded, what wasn't begun is not called", async () => {
    // One after the other, each waiting for its gate; what is to be recorded of each needs blocks of its own.
    const gated = three.map((entry) => ({ ...entry, props: { color: "red".repeat(5_000), gated: true } }));
    things.declare(gated);
    const running = await things.begin("embedded", "up", "--yes", "--skip-preview", "--parallel", "1");
    await until(() => things.isWaiting("a"));
    things.open("a");
    await until(() => things.isWaiting("b"));
    fill();
    things.open("b");
    const { code, output } = await running.done;
    expect(code).toBe(1);
    const made = things.writes();
    expect(made.filter((line) => line.startsWith("create"))).toHaveLength(2);
    expect(output).toMatch(
      /::b was created \(id "[^"]+"\), but that could not be recorded: Can't write .*the disk is full/,
    );
    free();
    for (const name of ["a", "b", "c"]) things.open(name);
    const next = await things.up();
    expect(next.output).toMatch(/cut off|was killed/);
    const { resources, pending } = await things.state();
    expect(next).toMatchObject({ code: 0 });
    expect(pending).toEqual([]);
    expect(resources.filter(({ type }) => type.includes("dynamic"))).toHaveLength(3);
  });
});
