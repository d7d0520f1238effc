/** Flags of the Pulumi CLI that are not ours: refused with the way to go, never taken for a slip of the pen. */
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { createProgram } from "../../../../provider/cli/program.ts";
import { pulumiCli } from "../../../support/engines.ts";

async function refusal(...args: readonly string[]): Promise<string> {
  const program = await createProgram();
  let text = "";
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeErr: (part) => {
        text += part;
      },
    });
  }
  await expect(program.parseAsync(args, { from: "user" })).rejects.toMatchObject({ exitCode: 1 });
  return text;
}

it.each([
  [["up", "--target", "urn:x"], "--target"],
  [["up", "--target=urn:x", "--yes"], "--target"],
  [["destroy", "-t", "urn:x"], "--target"],
  [["destroy", "--yes", "--target-dependents"], "--target-dependents"],
  [["up", "--replace", "urn:x"], "--replace"],
  [["up", "--plan=plan.json"], "--plan"],
  [["preview", "--policy-pack", "rules"], "--policy-pack"],
  [["up", "-c", "a=b"], "--config"],
  [["refresh", "--exclude", "urn:x", "--engine", "pulumi"], "--exclude"],
  [["destroy", "--remove"], "--remove"],
])("%j: says that it is the Pulumi CLI's", async (args, flag) => {
  const text = await refusal(...args);
  expect(text).toContain(
    `error: The option \`${flag}\` is not supported by the embedded runner; use the Pulumi CLI: https://www.pulumi.com/docs/install/\n`,
  );
  expect(text).toContain(`run \`pulumi ${args[0]} ${flag}\` in place of this`);
});

it("says of any other that it is unknown", async () => {
  expect(await refusal("up", "--stak", "dev")).toMatch(/unknown option '--stak'.*Did you mean --stack/s);
  expect(await refusal("up", "--remove")).toContain("unknown option '--remove'");
  expect(await refusal("upp")).toMatch(/unknown command 'upp'.*Did you mean up/s);
});

it.skipIf(pulumiCli === undefined)("knows every flag that the Pulumi CLI has", async () => {
  const program = await createProgram();
  for (const name of ["up", "preview", "refresh", "destroy"]) {
    const help = execFileSync(pulumiCli ?? "", [name, "--help"], { encoding: "utf8" });
    const theirs = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag);
    const ours = program.commands.find((command) => command.name() === name)?.options.map(({ long }) => long);
    expect(theirs.length).toBeGreaterThan(30);
    expect([...(ours ?? []), "--help"]).toEqual(expect.arrayContaining(theirs));
  }
});
