/**
 * A process of its own that serves a big workspace: `node big-server.ts '{"people":10000,"rooms":2000,"hooks":500}' [version]`. Its first
 * line is the address; test controls are on; it ends when its standard input does.
 */
import { startSandbox, type Version } from "../../../provider/sandbox/index.ts";
import { bigState, keeperOf, type Size } from "./big.ts";

const [size = "{}", version] = process.argv.slice(2);
const empty = { people: 0, rooms: 0, hooks: 0 };
const keeper = keeperOf(bigState({ ...empty, ...(JSON.parse(size) as Partial<Size>) }, version as Version | undefined));
const sandbox = await startSandbox({ keeper, testControls: true });
console.log(sandbox.url);
process.stdin.resume().once("end", () => void sandbox.close());
