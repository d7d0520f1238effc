/** What `--help` offers and what the page about commands says are the same. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { createProgram } from "../../../provider/cli/program.ts";

const page = readFileSync(path.join(import.meta.dirname, "../../../docs/commands.md"), "utf8");
/** Said once for every command about a stack. */
const shared = ["-C, --cwd <dir>", "-s, --stack <name>"];

function documented(): Record<string, string[]> {
  const rows = page.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm);
  return Object.fromEntries([...rows].map(([, name = "", flags = ""]) => [name, codesIn(flags)]));
}

const codesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code).sort();

/** Commands that do something, by their words and arguments. */
function offered(command: Command, words: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const child of command.commands) {
    const place = child.registeredArguments.map((argument) => {
      const label = `${argument.name()}${argument.variadic ? "..." : ""}`;
      return argument.required ? ` <${label}>` : ` [${label}]`;
    });
    const name = `${words}${child.name()}`;
    const flags = child.options
      .filter(({ hidden }) => !hidden)
      .map((option) => option.flags)
      .filter((flag) => !shared.includes(flag));
    // `state` alone only groups.
    if (child.name() !== "state") found[name + place.join("")] = flags.sort();
    Object.assign(found, offered(child, `${name} `));
  }
  return found;
}

test("the page names every command with all its flags", async () => {
  expect(documented()).toEqual(offered(await createProgram(), ""));
  for (const flag of shared) expect(page).toContain(`\`${flag}\``);
});
