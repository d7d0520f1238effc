/** `pulumi-rocketchat destroy` */
import type { Command } from "commander";
import { addCommand, type EngineOptions } from "../engine/options.ts";

export function register(program: Command): void {
  addCommand(program, "destroy", "Delete everything that the stack manages").action(async (options: EngineOptions) => {
    const { runEngineCommand } = await import("../engine/run.ts");
    await runEngineCommand("destroy", options);
  });
}
