/** The last lines that a container wrote. */
import type { Container } from "dockerode";

const LINES = 20;

export async function lastLines(container: Container): Promise<string> {
  const { Config } = await container.inspect();
  const raw = (await container.logs({ stdout: true, stderr: true, tail: LINES })) as unknown as Buffer;
  return (Config.Tty ? raw.toString("utf8") : unframed(raw)).trimEnd();
}

/** Without a terminal, the engine puts eight bytes before each piece: whose it is, and how long. */
function unframed(raw: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= raw.length; ) {
    const end = at + 8 + raw.readUInt32BE(at + 4);
    pieces.push(raw.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(pieces).toString("utf8");
}

export const indented = (text: string): string =>
  text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
