/** `pulumi-rocketchat refresh` */
import type { Command } from "commander";
import { addCommand, type EngineOptions } from "../engine/options.ts";

export function register(program: Command): void {
  addCommand(program, "refresh", "Read every object and record what it is like now").action(
    async (options: EngineOptions) => {
      const { runEngineCommand } = await import("../engine/run.ts");
      await runEngineCommand("refresh", options);
    },
  );
}
