import { expect, it } from "vitest";
import { durationText, nanoseconds } from "../../../../../../provider/runner/providers/docker/container/duration.ts";

it.each([
  ["0s", 0, "0s"],
  ["500ms", 5e8, "500ms"],
  ["10s", 1e10, "10s"],
  ["1.5s", 1.5e9, "1.5s"],
  ["60s", 6e10, "1m0s"],
  ["1m30s", 9e10, "1m30s"],
  ["300s", 3e11, "5m0s"],
  ["2h", 7.2e12, "2h0m0s"],
  ["1h0m5s", 3.605e12, "1h0m5s"],
  ["250us", 2.5e5, "250µs"],
])("%s is %d ns and comes back as %s", (given, amount, text) => {
  expect(nanoseconds(given)).toBe(amount);
  expect(durationText(amount)).toBe(text);
});
