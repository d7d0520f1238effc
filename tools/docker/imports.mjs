// What a program of the repository imports: its files, and the folders of the packages. Neither of them is listed by hand anywhere.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../setup.mjs";

const IMPORTED = /^(?:import|export)\s[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"/gm;

/** A package's folder, and those of what it depends on. */
function packageFolders(name) {
  const folder = path.join("node_modules", name);
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
  return [folder, ...Object.keys(dependencies).flatMap(packageFolders)];
}

/** @param start path from the root; the results are such paths too, itself among them */
export function importedBy(start) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.endsWith(".ts")) return;
    for (const [, from, alone] of readFileSync(path.join(root, file), "utf8").matchAll(IMPORTED)) {
      const name = from ?? alone;
      if (name.startsWith(".")) visit(path.join(path.dirname(file), name));
      else if (!name.startsWith("node:")) for (const folder of packageFolders(name)) found.add(folder);
    }
  };
  visit(start);
  return [...found].filter((name) => existsSync(path.join(root, name)));
}
