/** The sandbox's WebSocket says what the recorded server said, frame by frame. */
import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { replayRealtime } from "./realtime.ts";
import { conformanceDir } from "./replay.ts";

const there = existsSync(`${conformanceDir}/realtime-8.6.1.json`);

it.skipIf(!there)(
  `follows the recorded session${there ? "" : " (skipped: no recording here; set CONFORMANCE_DIR)"}`,
  async () => {
    const results = await replayRealtime();
    expect(results.filter(({ differences }) => differences.length > 0)).toEqual([]);
    // every frame and call of the recording was played
    expect(results.length).toBeGreaterThan(50);
  },
);
