/** What an exported object declares in full, as a program would: its keys' inputs and its section's defaults included. Pure. */
import { inputsOf } from "../../engine/check.ts";
import type { Declared } from "../../engine/handler.ts";
import { namesIn } from "../../workspace/references.ts";
import type { ExportedObject, ExportedSection } from "../model.ts";

export interface DeclaredObject extends ExportedObject {
  /** Every input, by the schema's order of fields. */
  readonly declared: Declared;
  /** As a resource is named: `general/alice`. */
  readonly name: string;
}

export function declaredObjects({ handler, objects, defaults }: ExportedSection): DeclaredObject[] {
  const fields = Object.keys(inputsOf(handler).shape);
  return objects.map((object) => {
    const byKeys = handler.schema.document.keys.map((input, index) => [input, object.keys[index]] as const);
    const all: Declared = { ...Object.fromEntries(byKeys), ...defaults, ...object.inputs };
    const declared = Object.fromEntries(fields.filter((key) => key in all).map((key) => [key, all[key]]));
    return { ...object, declared, name: object.keys.join("/") };
  });
}

/** By kind and natural name; a team stands for its main room as well. */
export class ObjectIndex {
  private readonly byName = new Map<string, DeclaredObject>();

  constructor(objects: readonly DeclaredObject[]) {
    for (const object of objects) {
      const { keys, ownId, actsAs } = object.handler.schema.document;
      const inputs = ownId === undefined ? keys : [ownId];
      const name = inputs.map((input) => String(object.declared[input])).join("/");
      this.byName.set(`${object.handler.kind} ${name}`, object);
      if (actsAs !== undefined && !this.byName.has(`${actsAs} ${name}`)) this.byName.set(`${actsAs} ${name}`, object);
    }
  }

  /** Objects that this one refers to, with the text and where it stands. */
  *targets(object: DeclaredObject) {
    for (const naming of namesIn(object.handler, object.declared)) {
      const target = this.byName.get(`${naming.kind} ${naming.name}`);
      if (target !== undefined && target !== object) yield { ...naming, target };
    }
  }
}

/** Every object after those that it refers to, else as they came. A circle is cut where it closes. */
export function inOrder(objects: readonly DeclaredObject[], index: ObjectIndex): DeclaredObject[] {
  const sorted = new Set<DeclaredObject>();
  const open = new Set<DeclaredObject>();
  const visit = (object: DeclaredObject): void => {
    if (sorted.has(object) || open.has(object)) return;
    open.add(object);
    for (const { target } of index.targets(object)) visit(target);
    sorted.add(object);
  };
  for (const object of objects) visit(object);
  return [...sorted];
}
