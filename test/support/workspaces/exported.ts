/** Exports a server in process, and brings another one into the exported form through the engine's own create. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "../../../provider/client/create-client.ts";
import { create } from "../../../provider/engine/create.ts";
import { Session } from "../../../provider/engine/session.ts";
import { type ExportOptions, type ExportResult, exportDocument } from "../../../provider/exporter/export.ts";
import { selectionOf } from "../../../provider/exporter/select.ts";
import type { Entry } from "../../../provider/workspace/entry.ts";
import { loadDocument } from "../../../provider/workspace/load.ts";
import { fillSecrets } from "../../../provider/workspace/secrets.ts";
import { ADMIN } from "../server.ts";

export interface Exported extends ExportResult {
  readonly text: string;
  readonly lines: readonly string[];
}

export async function withSession<T>(
  url: string,
  act: (session: Session, lines: string[]) => Promise<T>,
  credentials: { username: string; password: string } = ADMIN,
): Promise<T> {
  const client = createClient({ url, credentials, retry: "rapid" });
  const lines: string[] = [];
  try {
    return await act(new Session(client, "default", (line) => lines.push(line)), lines);
  } finally {
    await client.close();
  }
}

export interface Wanted extends Partial<Omit<ExportOptions, "selection">> {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly as?: { username: string; password: string };
}

/** The document as one text, without the line that names the server. */
export function exported(url: string, { include = [], exclude = [], as, ...options }: Wanted = {}): Promise<Exported> {
  return withSession(
    url,
    async ({ context }, lines) => {
      const texts: string[] = [];
      const result = await exportDocument(
        context,
        { selection: selectionOf(include, exclude), passwords: "adopt", details: true, split: false, ...options },
        async (_name, text) => void texts.push(text),
      );
      return { ...result, lines, text: texts.join("\n").replaceAll(url, "https://chat.example.test") };
    },
    as,
  );
}

/** Every entry of a document after what it needs, with its secrets; what the engine would be given. */
export function entriesOf(
  text: string,
  secrets: (key: string) => unknown,
): { entry: Entry; inputs: Record<string, unknown> }[] {
  const folder = mkdtempSync(path.join(tmpdir(), "exported-"));
  try {
    const file = path.join(folder, "workspace.yaml");
    writeFileSync(file, text);
    const { entries } = loadDocument(file, [], folder);
    const filled = fillSecrets(entries, { config: secrets, env: () => undefined });
    return entries.map((entry) => ({ entry, inputs: filled.get(entry) ?? {} }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As `up` would, one after the other. Each object's inputs and outputs, as the state would hold them. */
export async function applied(url: string, text: string, secrets: (key: string) => unknown) {
  const entries = entriesOf(text, secrets);
  return withSession(url, async (session) => {
    const made: { entry: Entry; inputs: Record<string, unknown>; id: string; outputs: Record<string, unknown> }[] = [];
    for (const { entry, inputs } of entries) {
      made.push({ entry, inputs, ...(await create(session, entry.handler, inputs)) });
    }
    return made;
  });
}
