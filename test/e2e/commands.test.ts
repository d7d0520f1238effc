/** The commands about stacks beside the Pulumi CLI's on one backend: same output, and each reads what the other wrote. */
import { execFile } from "node:child_process";
import { cp, mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { bench } from "../support/command-line.ts";
import { describeOnCli, repository } from "../support/engines.ts";

const bin = path.join(repository, "provider/bin/pulumi-rocketchat.mjs");
const exec = promisify(execFile);

async function shared() {
  const at = bench();
  const dir = at.folder;
  await cp(path.join(repository, "test/fixtures/state/program"), dir, { recursive: true });
  await symlink(path.join(repository, "node_modules"), path.join(dir, "node_modules"));
  await mkdir(path.join(dir, "backend"));
  const env = {
    ...process.env,
    PATH: `${path.join(repository, "node_modules/.bin")}:${process.env.PATH}`,
    HOME: dir,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  const cli = async (...args: string[]) => {
    try {
      const done = await exec("pulumi", [...args, "--non-interactive", "--color=never"], { cwd: dir, env });
      return { code: 0, stdout: done.stdout };
    } catch (error) {
      return error as { code: number; stdout: string };
    }
  };
  /** Both sides with the same words: output and exit code. */
  const both = async (...args: string[]) => {
    const [a, b] = [await at.run(...args), await cli(...args)];
    return { us: { code: a.code, out: trimmed(a.stdout) }, cli: { code: b.code, out: trimmed(b.stdout) } };
  };
  return { us: at.run, cli, both };
}

/** The CLI fills the last column of a table with blanks. */
const trimmed = (text: string) => text.replaceAll(/[ \t]+(?=\n|$)/g, "");

/** Ours runs in this process, whose folder it changes. */
const alone = { concurrent: false };

describeOnCli("commands about stacks", () => {
  test("configuration and stacks that either wrote are the other's", alone, async () => {
    const at = await shared();
    await at.us("stack", "init", "dev");
    await at.us("config", "set", "flag", "true");
    await at.us("config", "set", "--secret", "pw", "hunter2");
    await at.cli("config", "set", "--secret", "token", "t0ken");
    await at.cli("config", "set", "--path", "list[0]", "a");
    await at.us("config", "set", "--path", "list[1]", "5");
    await at.us("config", "set", "--path", "--secret", "o.s", "sek");
    for (const args of [
      ["config"],
      ["config", "--json"],
      ["config", "--show-secrets", "--json"],
      ["config", "get", "pw"],
      ["config", "get", "--path", "list[1]", "--json"],
      ["stack", "ls", "--json"],
      ["stack", "--show-name"],
      ["stack", "output", "--json"],
    ]) {
      const { us, cli } = await at.both(...args);
      expect(us, args.join(" ")).toEqual(cli);
      expect(us.code).toBe(0);
    }
    for (const args of [
      ["config", "get", "nope"],
      ["stack", "select", "nope"],
      ["stack", "select"],
      ["stack", "init"],
      ["stack", "init", "dev"],
      ["stack", "init", "bad name"],
      ["stack", "rm", "nope", "--yes"],
      ["stack", "output", "nope"],
    ]) {
      const { us, cli } = await at.both(...args);
      expect(us.code, args.join(" ")).toBe(cli.code);
      expect(us.code).not.toBe(0);
    }
    // What isn't offered ends the process.
    for (const args of [["config", "--bogus"], ["bogus"]]) {
      const error = await exec(process.execPath, [bin, ...args]).catch((given: { code: number }) => given);
      expect(error, args.join(" ")).toMatchObject({ code: (await at.cli(...args)).code });
    }
  });

  test("an export of either is imported by the other and shows no change", alone, async () => {
    const at = await shared();
    await at.cli("stack", "init", "dev");
    await at.us("config", "set", "--secret", "pw", "hunter2");
    expect((await at.cli("up", "--yes", "--skip-preview")).code).toBe(0);
    for (const secrets of [[], ["--show-secrets"]]) {
      for (const args of [
        ["stack", "output", "--json", ...secrets],
        ["stack", "export", ...secrets],
      ]) {
        const { us, cli } = await at.both(...args);
        const [mine, theirs] = [JSON.parse(us.out), JSON.parse(cli.out)];
        // Sealing again gives another text each time.
        const plain = (value: unknown) => JSON.stringify(value).replaceAll(/"ciphertext":"[^"]*"/g, "");
        expect(JSON.parse(plain(mine).replaceAll(",}", "}"))).toEqual(JSON.parse(plain(theirs).replaceAll(",}", "}")));
      }
    }
    const unchanged = async () => expect((await at.cli("preview", "--expect-no-changes")).code).toBe(0);
    for (const secrets of [[], ["--show-secrets"]]) {
      await at.us("stack", "export", "--file", "ours.json", ...secrets);
      await at.cli("stack", "export", "--file", "theirs.json", ...secrets);
      expect((await at.cli("stack", "import", "--file", "ours.json")).code).toBe(0);
      expect((await at.us("stack", "import", "--file", "theirs.json")).code).toBe(0);
    }
    await unchanged();
    expect((await at.us("stack", "rename", "two")).code).toBe(0);
    await unchanged();
    const { us, cli } = await at.both("stack", "rm", "--yes");
    expect([us.code, cli.code]).toEqual([1, 1]);
    expect((await at.us("stack", "rm", "two", "--yes", "--force")).code).toBe(0);
    expect(JSON.parse((await at.cli("stack", "ls", "--json")).stdout)).toEqual([]);
  });
});
