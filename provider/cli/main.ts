/** The entry of the command line `pulumi-rocketchat`. */
import { createProgram } from "./program.ts";

const program = await createProgram();
await program.parseAsync();
