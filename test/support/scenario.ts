/** `scenario` is vitest's `test` with a lab: whatever a test sets up there is taken down after it, failed or not. */
import { test } from "vitest";
import { Lab } from "./lab.ts";

export const scenario = test.extend<{ lab: Lab }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the parameter to see what the fixture needs
  lab: async ({}, use) => {
    const lab = new Lab();
    try {
      await use(lab);
    } finally {
      await lab.close();
    }
  },
});
