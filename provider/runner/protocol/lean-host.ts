/** Required in the program's process before Pulumi's program host, whose path and arguments stand in the command line. */
import { keepHeapSmall } from "../small-heap.ts";
import { makeLean } from "./lean-sdk.ts";

const [, host = "", ...args] = process.argv;
keepHeapSmall();
makeLean(host, Number(args[args.indexOf("--parallel") + 1]));
