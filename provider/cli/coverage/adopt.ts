/** The entries that take over what is not managed, as a document of its own that another one includes. Pure. */
import type { AnyHandler } from "../../engine/handler.ts";
import { secretLines } from "../../exporter/export.ts";
import type { ExportedSection } from "../../exporter/model.ts";
import { declaredObjects, ObjectIndex } from "../../exporter/write/declared.ts";
import { headText, sectionText } from "../../exporter/write/yaml.ts";
import { handlers } from "../../kinds/handlers.ts";
import type { WorkspaceDocument } from "../../workspace/load.ts";
import { indexOf, isKnown, namesIn } from "../../workspace/references.ts";
import type { Row } from "./compare.ts";

/** Without what is managed; an entry says itself what the section's defaults said of it. */
export function unmanagedPart(section: ExportedSection, rows: readonly Row[]): ExportedSection {
  const ids = new Set(rows.find(({ handler }) => handler === section.handler)?.unmanaged.map(({ id }) => id));
  const objects = section.objects
    .filter(({ id }) => ids.has(id))
    .map((object) => ({ ...object, inputs: { ...section.defaults, ...object.inputs } }));
  return { ...section, objects, defaults: {} };
}

/** Names that neither the entries nor the document know. */
function existingFor(parts: readonly ExportedSection[], document: WorkspaceDocument | undefined) {
  const objects = parts.flatMap(declaredObjects);
  const index = new ObjectIndex(objects);
  const declared = indexOf(document?.entries ?? []);
  const found = new Map<AnyHandler, Set<string>>();
  for (const object of objects) {
    const own = new Set([...index.targets(object)].map(({ kind, name }) => `${kind} ${name}`));
    for (const { kind, name } of namesIn(object.handler, object.declared)) {
      const handler = handlers.get(kind);
      const isThere = own.has(`${kind} ${name}`) || isKnown({ kind, name }, declared, document?.existing);
      if (handler === undefined || isThere) continue;
      found.set(handler, (found.get(handler) ?? new Set()).add(name));
    }
  }
  return new Map([...found].map(([handler, names]) => [handler, [...names]]));
}

/** Empty when there is nothing to take over. */
export function adoptText(parts: readonly ExportedSection[], document: WorkspaceDocument | undefined): string {
  const filled = parts.filter(({ objects }) => objects.length > 0);
  if (filled.length === 0) return "";
  const secrets = secretLines(filled.flatMap(({ objects }) => objects.flatMap((object) => object.secrets)));
  const comments = secrets.length === 0 ? [] : ["Secrets to be given once for each stack:", ...secrets];
  const head = headText({ comments, include: [], defaults: new Map(), existing: existingFor(filled, document) });
  return [head, ...filled.map(sectionText)].filter((text) => text !== "").join("\n");
}
