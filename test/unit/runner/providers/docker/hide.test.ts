import { expect, it } from "vitest";
import { hider } from "../../../../../provider/runner/providers/docker/hide.ts";
import { secret } from "../../../../../provider/runner/state/index.ts";

const envs = [
  "ADMIN_PASS=letters",
  "API_TOKEN=abc",
  "MONGO_URL=mongodb://me:pa55@host/db",
  "LICENCE=4711-0815-42",
  "ROOT_URL=https://chat.example.com",
  "MODE=production",
  "PORT=3000",
  "EMPTY=",
  "BARE",
];

it("hides what a secret list holds, but for plain words, plain addresses and what is short", () => {
  const hide = hider({ envs: secret(envs) });
  expect(hide("letters abc mongodb://me:pa55@host/db 4711-0815-42")).toBe("[secret] [secret] [secret] [secret]");
  const plain = "production at https://chat.example.com:3000, BARE";
  expect(hide(plain)).toBe(plain);
});

it("hides nothing of a list that is not secret", () => {
  expect(hider({ envs })("letters abc")).toBe("letters abc");
  expect(hider({})("letters")).toBe("letters");
});
