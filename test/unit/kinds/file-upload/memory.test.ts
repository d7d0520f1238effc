/** A large file goes to the server piece by piece: the process that sends 100 MiB needs about as much memory as for 25. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { ADMIN, startServer } from "../../../support/server.ts";

const MIB = 1024 * 1024;
/** What is read waits a while to be collected: a plateau that 25 MiB reach as well. Holding the file even once would be 75 MiB more. */
const SLACK_MIB = 60;

const sender = `
import { forKind } from ${JSON.stringify(path.resolve("provider/dynamic.ts"))};
const [url, username, password, file] = process.argv.slice(1);
const values = { "rocketchat:url": url, "rocketchat:username": username, "rocketchat:password": password };
const front = forKind("FileUpload", 1);
front.configure({ config: { get: (key) => values[key] }, log: () => {} });
const { inputs, failures } = await front.check({}, { channel: "general", file });
if (failures.length > 0) throw new Error(failures[0].reason);
const { outs } = await front.create(inputs);
await front.dispose();
console.log(JSON.stringify({ size: outs.size, peak: process.resourceUsage().maxRSS / 1024 }));
`;

it("sends 100 MiB in constant memory", async () => {
  const server = await startServer({ version: "8.6.1" });
  const folder = mkdtempSync(path.join(tmpdir(), "upload-"));
  try {
    const send = async (mebibytes: number): Promise<{ size: number; peak: number }> => {
      const file = path.join(folder, `${mebibytes}.bin`);
      writeFileSync(file, "");
      truncateSync(file, mebibytes * MIB);
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...["--input-type=module", "--eval", sender, "--"],
        ...[server.url, ADMIN.username, ADMIN.password, file],
      ]);
      return JSON.parse(stdout) as { size: number; peak: number };
    };
    const small = await send(25);
    const before = process.memoryUsage().arrayBuffers;
    const large = await send(100);
    expect([small.size, large.size]).toEqual([25 * MIB, 100 * MIB]);
    expect(large.peak - small.peak).toBeLessThan(SLACK_MIB);
    // Nor does the sandbox keep what it counts.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(SLACK_MIB * MIB);
  } finally {
    rmSync(folder, { recursive: true });
    await server.close();
  }
}, 60_000);
