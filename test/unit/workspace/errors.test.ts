/** Every kind of error in a document, as it is printed: one folder of test/fixtures/workspace/errors each. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../provider/workspace/load.ts";
import { DocumentError } from "../../../provider/workspace/problem.ts";
import { fillSecrets } from "../../../provider/workspace/secrets.ts";

const folder = path.join(import.meta.dirname, "..", "..", "fixtures", "workspace", "errors");

describe("an error in a document", () => {
  it.each(readdirSync(folder))("%s", async (name) => {
    const inside = (file: string) => path.join(folder, name, file);
    const overlays = existsSync(inside("overlay.yaml")) ? [inside("overlay.yaml")] : [];
    let error: unknown;
    try {
      const { entries } = loadDocument(inside("workspace.yaml"), overlays);
      fillSecrets(entries, { config: () => undefined, env: () => undefined });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DocumentError);
    const { message, problems } = error as DocumentError;
    expect(problems.length).toBeGreaterThan(0);
    expect(message).not.toContain("Tr0ub4dor");
    const shown = message.replaceAll(`${path.relative(process.cwd(), path.join(folder, name))}/`, "");
    await expect(`${shown}\n`).toMatchFileSnapshot(inside("message.txt"));
  });
});
