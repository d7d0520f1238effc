/** Bad arguments: all of them at once, one clear sentence each, before anything is declared. */
import { secret } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { RocketChatReleaseArgs } from "../../../../provider/components/release/args.ts";
import { checkReleaseArgs } from "../../../../provider/components/release/schema.ts";

const ROOT = { rootUrl: "https://chat.example.com" };
const reasons = (args: object) =>
  checkReleaseArgs({ ...ROOT, ...args } as RocketChatReleaseArgs).map(({ reason }) => reason);

describe("arguments that can't be right", () => {
  it.each([
    ["no address", { rootUrl: undefined }, /^rootUrl: is required/],
    ["an address without https", { rootUrl: "http://chat.example.com" }, /^rootUrl: must match .*but is "http:/],
    ["an address with a path", { rootUrl: "https://example.com/chat" }, /^rootUrl: must match/],
    ["a floating version", { version: "latest" }, /^version: must be a whole release/],
    ["a wrong pair", { mongo: { version: "6.0" } }, /8\.6\.1 does not run on MongoDB 6\.0; allowed: 8\.0, 8\.2/],
    ["a name that Kubernetes refuses", { namePrefix: "My_Chat" }, /^namePrefix: must match/],
    ["a size", { mongo: { storage: "8 GB" } }, /^mongo\.storage: must match/],
    ["no replicas", { replicas: 0 }, /^replicas: must be at least 1/],
    ["a slip of the pen", { replica: 2 }, /^replica: no such argument; did you mean "replicas"\?/],
    ["an argument of the other component", { port: 3000 }, /^port: no such argument/],
    [
      "a database of one's own with a version",
      { mongo: { externalUrl: "mongodb+srv://h/d", version: "8.0" } },
      /^mongo\.version: is of the chart's MongoDB/,
    ],
    [
      "a database without a replica set",
      { mongo: { externalUrl: "mongodb://h/d" } },
      /^mongo\.externalUrl: must name its replica set/,
    ],
    [
      "kept data in another's namespace",
      { retainData: true, namespace: "a" },
      /^retainData: keeps the component's own namespace/,
    ],
    ["a weak password", { adminPassword: "short" }, /^adminPassword: must have at least 12 characters/],
    ["a reserved admin", { adminUsername: "System" }, /^adminUsername: "System" is reserved/],
    [
      "a setting of the chart",
      { settings: { Prometheus_Port: 9100 } },
      /^settings\.Prometheus_Port: is set by the chart; use `values\.prometheusScraping\.port`/,
    ],
    [
      "a variable of the chart",
      { env: { MONGO_URL: "x" } },
      /^env\.MONGO_URL: is set by the component; use `mongo\.externalUrl`/,
    ],
  ])("%s", (_what, args, message) => {
    expect(reasons(args)).toEqual([expect.stringMatching(message)]);
  });

  it("never show a secret", () => {
    const found = reasons({ mongo: { externalUrl: "http://user:s3cr3t@h", password: "p@ss s3cr3t" } });
    expect(found).toHaveLength(2);
    expect(found.join()).not.toContain("s3cr3t");
  });

  it("are not judged before they are known", () => {
    expect(
      reasons({ rootUrl: secret("x"), version: Promise.resolve("latest"), mongo: { externalUrl: secret("x") } }),
    ).toEqual([]);
  });

  it("leaves good ones alone", () => {
    expect(reasons({})).toEqual([]);
    expect(
      reasons({ mongo: { externalUrl: "mongodb+srv://u:p@h/d" }, ingress: true, values: { a: { b: 1 } } }),
    ).toEqual([]);
    expect(reasons({ resources: { requests: { cpu: "500m", memory: "1.5Gi" } }, namePrefix: "a" })).toEqual([]);
  });
});
