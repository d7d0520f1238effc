/** The house rules that a reader relies on: imports point down only, and a few packages stay in their one place. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const provider = path.join(import.meta.dirname, "..", "..", "provider");

/** Layers, bottom first; a file may import from its own layer and from those before it. */
const LAYERS = [
  ["errors.ts", "hidden-texts.ts", "data/"],
  ["client/"],
  ["engine/"],
  ["kinds/"],
  ["dynamic.ts"],
  ["plugin/", "runner/"],
  ["functions/"],
  ["webhooks/"],
  ["workspace/"],
  ["components/"],
  ["exporter/"],
  ["review/"],
  ["sandbox/"],
  ["cli/"],
  ["index.ts"],
] as const;

/** Layers that stand apart: they may import what is named, and nothing else of ours. */
const ISOLATED: Record<string, readonly string[]> = {
  "sandbox/": ["sandbox/", "errors.ts", "data/"],
  "runner/": ["runner/", "errors.ts", "hidden-texts.ts"],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return ["dist", "node_modules", "bin"].includes(entry.name) ? [] : sources(full);
    return entry.name.endsWith(".ts") ? [full] : [];
  });
}

const files = sources(provider);

const imports: Import[] = files.flatMap((full) => {
  const file = path.relative(provider, full);
  const text = readFileSync(full, "utf8");
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s)?[^;]*?\sfrom\s+"([^"]+)"|\bimport\("([^"]+)"\)|(?:^|\n)import\s+"([^"]+)"/g;
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = match[3] ?? match[4] ?? match[5] ?? "";
    const target = specifier.startsWith(".")
      ? path.relative(provider, path.resolve(path.dirname(full), specifier))
      : specifier;
    return { file, target, typeOnly: match[2] !== undefined };
  });
});

const layerOf = (file: string) => LAYERS.findIndex((layer) => layer.some((prefix) => file.startsWith(prefix)));

describe("the layers of the package", () => {
  it("reads every source file", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it("puts every file in a layer", () => {
    expect(files.map((file) => path.relative(provider, file)).filter((file) => layerOf(file) < 0)).toEqual([]);
  });

  it("imports downward only", () => {
    const upward = imports.filter(({ file, target }) => {
      const to = layerOf(target);
      return to >= 0 && to > layerOf(file);
    });
    expect(upward).toEqual([]);
  });

  it("keeps the sandbox and the runner free of the provider, and of each other", () => {
    const strangers = imports.filter(({ file, target }) => {
      const home = Object.keys(ISOLATED).find((prefix) => file.startsWith(prefix));
      return home !== undefined && layerOf(target) >= 0 && !ISOLATED[home]?.some((prefix) => target.startsWith(prefix));
    });
    expect(strangers).toEqual([]);
  });

  it("lets no kind look into another kind's folder", () => {
    const kindOf = (file: string) => /^kinds\/([^/]+)\//.exec(file)?.[1];
    const nosy = imports.filter(({ file, target }) => {
      const [from, to] = [kindOf(file), kindOf(target)];
      return from !== undefined && to !== undefined && to !== "base" && from !== to;
    });
    expect(nosy).toEqual([]);
  });

  it("has no circles", () => {
    const edges = new Map<string, string[]>();
    for (const { file, target, typeOnly } of imports) {
      if (!typeOnly && layerOf(target) >= 0) edges.set(file, [...(edges.get(file) ?? []), target]);
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, trail: string[]) => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
      if (done.has(file) || trail.includes(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of edges.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe("packages and globals in their one place", () => {
  const usersOf = (pattern: RegExp) => imports.filter(({ target }) => pattern.test(target)).map(({ file }) => file);

  it("uses undici in the client only", () => {
    expect(usersOf(/^undici/).filter((file) => !file.startsWith("client/"))).toEqual([]);
  });

  it("talks to a Docker Engine in the runner's Docker package only", () => {
    expect(usersOf(/^dockerode/).filter((file) => !file.startsWith("runner/providers/docker/"))).toEqual([]);
    expect(
      imports
        .filter(({ target }) => target.startsWith("dockerode"))
        .every(({ typeOnly, file }) => typeOnly || file === "runner/providers/docker/engine.ts"),
    ).toBe(true);
  });

  it("uses Pulumi's SDK in resource classes, and its protocols in the runner, only", () => {
    const allowed = /^kinds\/[^/]+\/resource\.ts$|^kinds\/base\/|^components\/|^functions\/|^cli\/|^runner\//;
    expect(usersOf(/^@pulumi\//).filter((file) => !allowed.test(file))).toEqual([]);
  });

  it("keeps Pulumi's SDK out of what the provider process loads", () => {
    const reached = new Set<string>();
    const reach = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { target } of imports.filter((entry) => entry.file === file && !entry.typeOnly)) {
        expect(target, `${file} imports ${target}`).not.toMatch(/^@pulumi\//);
        if (layerOf(target) >= 0) reach(target);
      }
    };
    reach("dynamic.ts");
    // Services load it by itself.
    reach("webhooks/index.ts");
    expect(reached.size).toBeGreaterThan(10);
  });

  it("reads the environment in the connection, the runner's host and the command line only", () => {
    const readers = files
      .filter((file) => /process\.env/.test(readFileSync(file, "utf8")))
      .map((file) => path.relative(provider, file))
      .filter((file) => !/^engine\/connection\.ts$|^cli\/|^runner\//.test(file));
    expect(readers).toEqual([]);
  });

  it("keeps files short enough to be read whole", () => {
    const lengths = files
      .filter((file) => !file.endsWith(".generated.ts"))
      .map((file) => ({ file: path.relative(provider, file), lines: readFileSync(file, "utf8").split("\n").length }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(110);
  });
});
