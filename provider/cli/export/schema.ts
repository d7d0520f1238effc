/** Where the JSON Schema of documents lies, seen from the folder of one: editors look from there. */
import { existsSync } from "node:fs";
import path from "node:path";
import { SCHEMA } from "../../exporter/export.ts";

/** Relative, with slashes. Where the package is installed nowhere above, it is where an installation in the folder would put it. */
export function schemaFrom(folder: string): string {
  for (let above = path.resolve(folder); ; above = path.dirname(above)) {
    const file = path.join(above, SCHEMA);
    if (existsSync(file)) return path.relative(folder, file).replaceAll(path.sep, "/");
    if (above === path.dirname(above)) return SCHEMA;
  }
}
