/** `pulumi-rocketchat up` */
import type { Command } from "commander";
import { addCommand, type EngineOptions } from "../engine/options.ts";
import { expectOption, type GuardOptions, limitOptions, productionOptions } from "../review/options.ts";

export function register(program: Command): void {
  const command = addCommand(program, "up", "Create or change what the program declares");
  productionOptions(limitOptions(expectOption(command))).action(async (options: EngineOptions & GuardOptions) => {
    const { runEngineCommand } = await import("../engine/run.ts");
    await runEngineCommand("up", options);
  });
}
