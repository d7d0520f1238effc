import { expect, it } from "vitest";
import { nearest } from "../../../provider/engine/near.ts";

const NAMES = ["email", "name", "username", "nickname"];

it.each([
  ["emial", "email"],
  ["usrename", "username"],
  ["Name", "name"],
  ["nickname2", "nickname"],
])("takes %s for %s", (typed, meant) => {
  expect(nearest(typed, NAMES)).toEqual([meant]);
});

it("guesses nothing for what is far from everything", () => {
  expect(nearest("zzz", NAMES)).toEqual([]);
});
