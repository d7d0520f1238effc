import { expect, test } from "vitest";
import { featuresOf, parseVersion } from "../../../provider/client/versions.ts";

test.each([
  ["8.6", 8, 6],
  ["8.6.1", 8, 6],
  ["9.0.0-rc.2", 9, 0],
  ["10.12.0", 10, 12],
])("reads %s", (version, major, minor) => {
  expect(parseVersion(version)).toEqual({ version, major, minor });
});

test.each(["", "8", "v8.6", "8.x", "develop"])("does not take %j for a version", (version) => {
  expect(parseVersion(version)).toBeUndefined();
});

test("tells the differences between versions", () => {
  const having = (feature: keyof ReturnType<typeof featuresOf>) =>
    ["6.13", "7.7.1", "8.0", "8.5", "8.6.1", "8.8", "9.0", "10.0"].filter(
      (text) => featuresOf(parseVersion(text)!)[feature],
    );
  expect(having("extendedRoomSettings")).toEqual(["7.7.1", "8.5", "8.6.1", "8.8", "9.0", "10.0"]);
  expect(having("strictRooms")).toEqual(["8.8", "9.0", "10.0"]);
  expect(having("movesIncomingWebhooks")).not.toContain("6.13");
});
