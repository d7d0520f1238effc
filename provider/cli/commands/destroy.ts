/** `pulumi-rocketchat destroy` */
import type { Command } from "commander";
import { addCommand, type EngineOptions } from "../engine/options.ts";
import { type ProductionOptions, productionOptions } from "../review/options.ts";

export function register(program: Command): void {
  const command = addCommand(program, "destroy", "Delete everything that the stack manages");
  productionOptions(command).action(async (options: EngineOptions & ProductionOptions) => {
    const { runEngineCommand } = await import("../engine/run.ts");
    await runEngineCommand("destroy", options);
  });
}
