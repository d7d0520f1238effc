/** The values that are set are the chart's own: known to it, of its types, and read by its templates. Recorded from chart 7.0.2. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { RocketChatReleaseArgs } from "../../../../provider/components/release/args.ts";
import { RocketChatRelease } from "../../../../provider/components/release/release.ts";
import {
  CHART,
  CHART_REPOSITORY,
  CHART_VERSION,
  clashes,
  MONGO_SECRET_KEY,
  merged,
} from "../../../../provider/components/release/values.ts";
import { DEFAULT_VERSION } from "../../../../provider/kinds/local/versions.ts";
import { declare } from "../../../support/mocks.ts";

interface Recorded {
  readonly chart: string;
  readonly version: string;
  readonly appVersion: string;
  readonly repository: string;
  readonly defaults: Record<string, unknown>;
  /** By path: the templates that read it. */
  readonly reads: Record<string, readonly string[]>;
  readonly subcharts: Record<string, { readonly reads: Record<string, readonly string[]> }>;
  readonly secretKeys: Record<string, string>;
}

const recorded: Recorded = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../../fixtures/helm/rocketchat.json"), "utf8"),
);

const ROOT = { rootUrl: "https://chat.example.com" };

/** Together they set every value that the component can set. */
const EVERYTHING: RocketChatReleaseArgs[] = [
  {
    ...ROOT,
    image: "example.com/rocket.chat",
    replicas: 2,
    microservices: true,
    ingress: { className: "nginx", annotations: { a: "b" }, tlsSecret: "tls" },
    resources: { requests: { cpu: "1" }, limits: { memory: "1Gi" } },
    mongo: { storage: "9Gi", storageClass: "fast", resources: { limits: { memory: "1Gi" } } },
  },
  { ...ROOT, nats: true, mongo: { externalUrl: "mongodb://h/d?replicaSet=rs0" } },
];

async function valuesOf(args: RocketChatReleaseArgs): Promise<Record<string, unknown>> {
  const { resources } = await declare(
    () => {
      new RocketChatRelease("chat", args);
      return undefined;
    },
    {
      answers: {
        "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword": () => ({ password: "made" }),
        "kubernetes:core/v1:Secret": () => ({ metadata: { name: "made" } }),
      },
    },
  );
  return resources.get("chat-release")?.inputs.values as Record<string, unknown>;
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Of what a template takes as a whole, the inside is Kubernetes' own. */
const WHOLE = ["resources", "mongodb.resources", "ingress.annotations"];

const leaves = (values: Record<string, unknown>, at = ""): [path: string, value: unknown][] =>
  Object.entries(values).flatMap(([key, value]) => {
    const here = `${at}${key}`;
    return isMapping(value) && !WHOLE.includes(here) ? leaves(value, `${here}.`) : [[here, value] as [string, unknown]];
  });

const defaultAt = (at: string): unknown =>
  at.split(".").reduce<unknown>((value, key) => (isMapping(value) ? value[key] : undefined), recorded.defaults);

function readersOf(at: string): readonly string[] {
  const [first = "", ...rest] = at.split(".");
  return [...(recorded.reads[at] ?? []), ...(recorded.subcharts[first]?.reads[rest.join(".")] ?? [])];
}

/** The mock monitor is one for the process. */
async function inTurn(): Promise<[string, unknown][]> {
  const found: [string, unknown][] = [];
  for (const args of EVERYTHING) found.push(...leaves(await valuesOf(args)));
  return found;
}

describe("the chart", () => {
  it("is the one that was recorded, with the server that is the default", () => {
    expect([CHART, CHART_VERSION, CHART_REPOSITORY]).toEqual([recorded.chart, recorded.version, recorded.repository]);
    expect(recorded.appVersion).toBe(DEFAULT_VERSION);
    expect(MONGO_SECRET_KEY).toBe(recorded.secretKeys.existingMongodbSecret);
  });
});

describe("each value that is set", () => {
  it("is read by a template, or switches a part of the chart", async () => {
    const set = await inTurn();
    expect(set.length).toBeGreaterThan(25);
    expect(set.filter(([at]) => readersOf(at).length === 0).map(([at]) => at)).toEqual([]);
  });

  it("has the type of the chart's default, where there is one", async () => {
    const typeOf = (value: unknown) => (Array.isArray(value) ? "list" : value === null ? "nothing" : typeof value);
    const other = (await inTurn()).filter(([at, value]) => {
      const usual = defaultAt(at);
      return usual !== undefined && usual !== null && typeOf(usual) !== typeOf(value);
    });
    expect(other).toEqual([]);
  });

  it("is every one that the component knows", async () => {
    expect([...new Set((await inTurn()).map(([at]) => at))].sort()).toEqual([
      "existingMongodbSecret",
      "extraSecret",
      "host",
      "image.repository",
      "image.tag",
      "ingress.annotations",
      "ingress.enabled",
      "ingress.ingressClassName",
      "ingress.tls",
      "microservices.enabled",
      "mongodb.auth.databases",
      "mongodb.auth.passwords",
      "mongodb.auth.replicaSetKey",
      "mongodb.auth.rootPassword",
      "mongodb.auth.usernames",
      "mongodb.enabled",
      "mongodb.image.tag",
      "mongodb.persistence.size",
      "mongodb.persistence.storageClass",
      "mongodb.resources",
      "nats.enabled",
      "replicaCount",
      "resources",
    ]);
  });
});

describe("values of the program", () => {
  const own = { a: 1, b: { c: 2 }, list: [1] };

  it("come beside the component's", () => {
    expect(merged(own, { d: 3, b: { e: 4 } })).toEqual({ a: 1, b: { c: 2, e: 4 }, list: [1], d: 3 });
  });

  it("may not replace them", () => {
    expect(clashes(own, { d: 3, b: { e: 4 } })).toEqual([]);
    expect(clashes(own, { a: 2, b: { c: 3 }, list: [] })).toEqual(["a", "b.c", "list"]);
    expect(clashes(own, { b: 5 })).toEqual(["b"]);
  });
});
