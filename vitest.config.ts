import { defineConfig } from "vitest/config";

/** One vitest project per level of test; `npm test` runs them all, `npx vitest run --project unit` one of them. */
const project = (name: string, testTimeout: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  test: {
    // Most of the time goes to other processes that are waited for; one worker per core, not one less.
    maxWorkers: "100%",
    maxConcurrency: 3,
    projects: [
      project("unit", 60_000),
      project("contract", 60_000),
      project("conformance", 120_000),
      project("program", 300_000),
      project("e2e", 600_000),
      project("faults", 300_000),
      project("docker", 300_000),
    ],
  },
});
