/** `pulumi-rocketchat preview` */
import type { Command } from "commander";
import { addCommand, type EngineOptions } from "../engine/options.ts";

export function register(program: Command): void {
  addCommand(program, "preview", "Show what up would do").action(async (options: EngineOptions) => {
    const { runEngineCommand } = await import("../engine/run.ts");
    await runEngineCommand("preview", options);
  });
}
