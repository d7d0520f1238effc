/** `pulumi-rocketchat up` */
import type { Command } from "commander";
import { addCommand, type EngineOptions } from "../engine/options.ts";

export function register(program: Command): void {
  addCommand(program, "up", "Create or change what the program declares").action(async (options: EngineOptions) => {
    const { runEngineCommand } = await import("../engine/run.ts");
    await runEngineCommand("up", options);
  });
}
