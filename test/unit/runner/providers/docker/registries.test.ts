import { expect, it } from "vitest";
import { registriesOf } from "../../../../../provider/runner/providers/docker/registries.ts";

const given = [
  { address: "https://registry.example:5000/v2", username: "u", password: "p" },
  {
    address: "docker.io",
    configFileContent: JSON.stringify({ auths: { "https://index.docker.io/v1/": { auth: btoa("hub:a:b") } } }),
  },
  { address: "open.example", authDisabled: true },
];

it.each([
  ["registry.example:5000/team/app:1", { username: "u", password: "p", serveraddress: "registry.example:5000" }],
  ["mongo:8.0", { username: "hub", password: "a:b", serveraddress: "registry-1.docker.io" }],
  ["rocketchat/rocket.chat:8.0.0", { username: "hub", password: "a:b", serveraddress: "registry-1.docker.io" }],
  ["docker.io/library/mongo:8.0", { username: "hub", password: "a:b", serveraddress: "registry-1.docker.io" }],
  ["open.example/x", { username: "username", password: "password", serveraddress: "open.example" }],
  ["localhost/x:1", undefined],
  ["other.example/x:1", undefined],
])("%s", (image, credentials) => {
  expect(registriesOf(given)(image)).toEqual(credentials);
  expect(registriesOf(JSON.stringify(given))(image)).toEqual(credentials);
});

it("refuses what it can't open", () => {
  const stored = {
    address: "x.example",
    configFileContent: JSON.stringify({ auths: { "x.example": {} }, credsStore: "pass" }),
  };
  expect(() => registriesOf([stored])).toThrow(/credential store \("pass"\) is not supported/);
  expect(() => registriesOf([{ address: "x.example", configFile: "/no/such.json" }])).toThrow(
    /can't be read: .*no\/such.json/,
  );
});
