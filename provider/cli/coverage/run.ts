/** Reads a server and tells what of it is managed. Writes nothing, neither there nor here. */
import { createClient } from "../../client/create-client.ts";
import type { AnyHandler } from "../../engine/handler.ts";
import { Session } from "../../engine/session.ts";
import type { ExportedSection } from "../../exporter/model.ts";
import { noteLine } from "../../exporter/notes.ts";
import { Reader, type Seen } from "../../exporter/read.ts";
import { selectionOf } from "../../exporter/select.ts";
import { noStackOf, type Resource } from "../../runner/state/index.ts";
import { loadDocument } from "../../workspace/load.ts";
import { documentIn } from "../document/project.ts";
import { openSession } from "../engine/session.ts";
import { chooseStack, openWorkspace } from "../engine/workspace.ts";
import { connectionOf, type ServerOptions } from "../export/connection.ts";
import { Progress } from "../export/progress.ts";
import { adoptText, unmanagedPart } from "./adopt.ts";
import { compare } from "./compare.ts";
import { hasName, managedByDocument, managedByState } from "./managed.ts";
import { coverageJson, coverageText } from "./print.ts";

export interface CoverageOptions extends ServerOptions {
  readonly cwd?: string;
  readonly overlay?: string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly all?: boolean;
  readonly adopt?: boolean;
  readonly details?: boolean;
  readonly json?: boolean;
  readonly failOnUnmanaged?: boolean;
}

/** Exit codes beside 0: something is unmanaged; not everything could be read. */
const UNMANAGED = 2;
const FAILED = 1;

interface State {
  readonly stack: string;
  readonly resources: readonly Resource[];
}

/** The state of the stack that is meant; undefined where a document stands for it and no stack is there yet. */
async function stateOf({ file, stack: wanted, url }: CoverageOptions): Promise<State | undefined> {
  // Another server than the stack's was named: its state is asked for only together with it.
  if (file !== undefined && url !== undefined && wanted === undefined) return undefined;
  const workspace = await openWorkspace(file);
  const { stack, exists } = await chooseStack(workspace, wanted);
  if (!exists && (file === undefined || wanted !== undefined)) throw noStackOf(stack, workspace.project.name, []);
  if (!exists) return undefined;
  const { store } = await openSession({ stack, ...(file !== undefined && { file }) }, false, false);
  try {
    return { stack, resources: store.resources };
  } finally {
    await store.close();
  }
}

/** Sets the exit code: with `--fail-on-unmanaged` 2 when something is, 1 when that could not be found out. */
export async function runCoverage(options: CoverageOptions): Promise<void> {
  const selection = selectionOf(options.include ?? [], options.exclude ?? []);
  const document = options.file === undefined ? undefined : loadDocument(options.file, options.overlay);
  // What it declares need not be named as existing by the entries that it is to include.
  const own = options.adopt ? documentIn(process.cwd()) : undefined;
  const beside = document === undefined && own !== undefined ? loadDocument(own) : undefined;
  const state = await stateOf(options);
  const stack = state?.stack ?? options.stack;
  const { client: connection, onDestroy } = await connectionOf({ ...options, ...(stack !== undefined && { stack }) });
  const progress = new Progress(process.stderr);
  const client = createClient({ ...connection, onWait: (message) => progress.line(message) });
  try {
    const { context } = new Session(client, onDestroy, (message) => progress.line(message));
    const seen = new Map<AnyHandler, Seen[]>();
    const reader = new Reader(context, {
      selection,
      passwords: "adopt",
      details: options.details ?? false,
      seen: (handler, object) => {
        const objects = seen.get(handler) ?? [];
        if (objects.push(object) === 1) seen.set(handler, objects);
      },
    });
    const sections: ExportedSection[] = [];
    for await (const section of reader.sections()) if (options.adopt) sections.push(section);

    const byState = state && managedByState(state.resources, await client.workspaceId());
    const byDocument = document && managedByDocument(document, byState);
    const managed = byDocument ?? byState ?? { inputsFor: () => undefined };
    const rows = compare(seen, managed, (await client.self()).username);
    const coverage = { server: client.url, rows, unread: reader.unread };
    if (options.adopt) {
      const parts = sections.map((section) => unmanagedPart(section, rows));
      for (const note of reader.notes.all()) progress.line(noteLine(note));
      process.stdout.write(adoptText(parts, document ?? beside));
    } else if (options.json) process.stdout.write(`${JSON.stringify(coverageJson(coverage), undefined, 2)}\n`);
    else process.stdout.write(coverageText(coverage, options.all ?? false));
    for (const { handler, unmanaged } of state === undefined ? rows : []) {
      if (hasName(handler) || unmanaged.length === 0) continue;
      progress.line(
        `${handler.schema.document.section}: only a stack's state tells which are managed, and there is none`,
      );
    }
    if (!options.failOnUnmanaged) return;
    if (rows.some(({ unmanaged }) => unmanaged.length > 0)) process.exitCode = UNMANAGED;
    else if (reader.unread.size > 0) process.exitCode = FAILED;
  } finally {
    progress.end();
    await client.close();
  }
}
