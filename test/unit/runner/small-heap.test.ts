/** Where objects begin stays as small as it is, in a process that runs and in one that is started so. */
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { smallYoungSpace } from "../../../provider/runner/small-heap.ts";

const module = new URL("../../../provider/runner/small-heap.ts", import.meta.url);

/** MiB of the space where objects begin, after a process made many. */
function youngSpace(args: readonly string[], before: string): number {
  const code = `
    import { getHeapSpaceStatistics } from "node:v8";
    import { keepHeapSmall, keepYoungSpace } from ${JSON.stringify(module.href)};
    ${before}
    const kept = [];
    for (let i = 0; i < 600_000; i++) kept[i % 50_000] = { i, list: [i], text: "text-" + i };
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    console.log(space.space_size / 2 ** 20);`;
  const { stdout, stderr } = spawnSync(process.execPath, [...args, "--input-type=module", "--eval", code], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  expect(stderr).toBe("");
  return Number(stdout);
}

it("keeps the young space from growing", () => {
  const grown = youngSpace([], "");
  expect(grown).toBeGreaterThan(16);
  expect(youngSpace([], "keepHeapSmall(); keepYoungSpace();")).toBeLessThan(grown / 2);
  expect(youngSpace([smallYoungSpace], "keepHeapSmall();")).toBeLessThan(grown / 2);
});
