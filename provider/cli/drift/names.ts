/** Whether names still lead somewhere once a document says what the server has: people it does not know, objects that were renamed. Pure. */
import type { Change } from "../../review/change.ts";
import type { Entry } from "../../workspace/entry.ts";
import type { WorkspaceDocument } from "../../workspace/load.ts";
import { indexOf, isKnown, type Naming, namesIn, naturalName } from "../../workspace/references.ts";

/** One argument that is to stand in the document as it is on the server. */
export interface Task {
  readonly change: Change;
  readonly key: string;
  readonly value: unknown;
  readonly entry: Entry;
}

/** Entries as they would be, each with the one it was. */
function foreseen(tasks: readonly Task[], entries: readonly Entry[]): Map<Entry, Entry> {
  const next = new Map(entries.map((entry) => [entry, entry]));
  for (const { entry, key, value } of tasks) {
    const before = next.get(entry) ?? entry;
    next.set(entry, { ...before, inputs: { ...before.inputs, [key]: value } });
  }
  return next;
}

const isRename = ({ entry, key }: Task): boolean => entry.handler.schema.document.keys.includes(key);

const wayOut = ({ kind, name }: Naming): string =>
  `the document knows no ${kind} "${name}"; declare it, or name it under \`existing\``;

/** Tasks after which a reference would lead nowhere, each with the reason. */
export function lostNames(tasks: readonly Task[], { entries, existing }: WorkspaceDocument): Map<Task, string> {
  const lost = new Map<Task, string>();
  for (;;) {
    const open = tasks.filter((task) => !lost.has(task));
    const next = foreseen(open, entries);
    const index = indexOf([...next.values()]);
    const count = lost.size;
    for (const [entry, { handler, inputs }] of next) {
      for (const naming of namesIn(handler, inputs)) {
        if (isKnown(naming, index, existing)) continue;
        const own = open.find((task) => task.entry === entry && task.key === naming.steps[0]);
        const rename = open.find(
          (task) =>
            isRename(task) &&
            naturalName(task.entry) === naming.name &&
            [task.entry.handler.kind, task.entry.handler.schema.document.actsAs].includes(naming.kind),
        );
        if (own !== undefined) lost.set(own, wayOut(naming));
        else if (rename !== undefined) {
          const how = `give both the new name, and the entry \`was: ${rename.entry.name}\``;
          lost.set(rename, `${entry.path} refers to it as "${naming.name}"; ${how}`);
        }
      }
    }
    // Without one of them, another may have lost its name.
    if (lost.size === count) return lost;
  }
}
