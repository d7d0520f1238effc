/** Every argument reaches the right place of the chart: the component declared against Pulumi's mock monitor. */
import * as kubernetes from "@pulumi/kubernetes";
import { secret } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { RocketChatReleaseArgs } from "../../../../provider/components/release/args.ts";
import { RocketChatRelease } from "../../../../provider/components/release/release.ts";
import { declare } from "../../../support/mocks.ts";

const ANSWERS = {
  "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword": ({ given, purpose }: Record<string, unknown>) => ({
    password: given ?? `made-for-${purpose}`,
  }),
  "kubernetes:core/v1:Secret": ({ metadata }: Record<string, unknown>) => ({
    metadata: { ...(metadata as object), name: "secret-1a2b" },
  }),
};

const URL = "https://chat.example.com";

async function chat(
  args: Partial<RocketChatReleaseArgs> = {},
  opts?: ConstructorParameters<typeof RocketChatRelease>[2],
) {
  const { resources, ...rest } = await declare(
    () => {
      const made = new RocketChatRelease("chat", { rootUrl: URL, ...args }, opts);
      return { url: made.url, adminPassword: made.adminPassword, namespace: made.namespace };
    },
    { answers: ANSWERS },
  );
  const get = (name: string) => {
    const found = resources.get(name);
    if (found === undefined) throw new Error(`${name} was not declared: ${[...resources.keys()].join(", ")}`);
    return found;
  };
  return { resources, get, values: get("chat-release").inputs.values as Record<string, unknown>, ...rest };
}

describe("a release with nothing said but its address", () => {
  it("has these children, under these names, all of them the component's", async () => {
    const { resources } = await chat();
    const children = [...resources.values()].filter(({ name }) => name !== "chat");
    expect(Object.fromEntries(children.map(({ name, type }) => [name, type]))).toEqual({
      "chat-namespace": "kubernetes:core/v1:Namespace",
      "chat-environment": "kubernetes:core/v1:Secret",
      "chat-release": "kubernetes:helm.sh/v3:Release",
      "chat-version": "pulumi-nodejs:dynamic/rocketchat:ServerVersion",
      "chat-admin-password": "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword",
      "chat-mongodb-password": "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword",
      "chat-mongodb-root-password": "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword",
      "chat-mongodb-key": "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword",
      "chat-connection": "pulumi:providers:pulumi-nodejs",
    });
    expect(children.filter(({ parent }) => parent !== "chat")).toEqual([]);
    expect(resources.get("chat")?.type).toBe("rocketchat:components:RocketChatRelease");
  });

  it("pins the chart, and both releases that it brings", async () => {
    const { get, values } = await chat();
    const { inputs } = get("chat-release");
    expect(inputs).toMatchObject({
      name: "chat",
      namespace: "chat",
      chart: "rocketchat",
      version: "7.0.2",
      repositoryOpts: { repo: "https://rocketchat.github.io/helm-charts" },
      timeout: 900,
    });
    expect(values).toEqual({
      host: "chat.example.com",
      image: { tag: "8.6.1" },
      replicaCount: 1,
      extraSecret: "secret-1a2b",
      mongodb: {
        enabled: true,
        image: { tag: "8.0" },
        auth: {
          usernames: ["rocketchat"],
          databases: ["rocketchat"],
          passwords: ["made-for-mongo.password"],
          rootPassword: "made-for-mongo.password",
          replicaSetKey: "made-for-mongo.password",
        },
      },
      microservices: { enabled: false },
      nats: { enabled: false },
      ingress: { enabled: false },
    });
    expect(get("chat-version").inputs).toMatchObject({ version: "8.6.1", mongoVersion: "8.0", namePrefix: "chat" });
    expect(get("chat-release").dependencies).toContain("chat-version");
    for (const role of ["password", "root-password", "key"])
      expect(get(`chat-mongodb-${role}`).inputs.fixed).toBe(true);
  });

  it("keeps the environment in a Secret that starts new pods when it changes", async () => {
    const { get } = await chat();
    const { inputs, secrets } = get("chat-environment");
    expect(inputs).toMatchObject({
      immutable: true,
      metadata: { namespace: "chat" },
      stringData: {
        ADMIN_USERNAME: "admin",
        ADMIN_PASS: "made-for-adminPassword",
        ADMIN_NAME: "Administrator",
        OVERWRITE_SETTING_Show_Setup_Wizard: "completed",
      },
    });
    expect(secrets).toEqual(["stringData"]);
    // Kubernetes would refuse another content under the same name.
    expect(inputs.metadata).not.toHaveProperty("name");
  });

  it("gives a connection that waits for the server, and outputs with the password secret", async () => {
    const { get, outputs, secretOutputs } = await chat({ rootUrl: `${URL}/` });
    const connection = get("chat-connection");
    expect(connection.inputs).toEqual({
      "rocketchat:url": URL,
      "rocketchat:username": "admin",
      "rocketchat:password": "made-for-adminPassword",
      "rocketchat:startTimeoutMs": "900000",
    });
    expect(connection.secrets).toEqual(["rocketchat:password"]);
    expect(connection.dependencies).toContain("chat-release");
    expect(connection.inputDependencies).toEqual(["chat-admin-password"]);
    expect(outputs).toEqual({ url: URL, adminPassword: "made-for-adminPassword", namespace: "chat" });
    expect(secretOutputs).toEqual(["adminPassword"]);
    expect(get("chat-release").secrets).toEqual(["values"]);
  });
});

describe("arguments", () => {
  it("leave the chart's MongoDB out for one that is there, whose address is a secret", async () => {
    const url = "mongodb://u:p@db.example.com/rocketchat?replicaSet=rs0";
    const { get, values, resources } = await chat({ mongo: { externalUrl: url } });
    expect(values).toMatchObject({ mongodb: { enabled: false }, existingMongodbSecret: "secret-1a2b" });
    expect(JSON.stringify(values)).not.toContain("db.example.com");
    const made = get("chat-mongodb");
    expect(made).toMatchObject({ type: "kubernetes:core/v1:Secret", secrets: ["stringData"] });
    expect(made.inputs).toMatchObject({ stringData: { "mongo-uri": url }, immutable: true });
    expect([...resources.keys()].filter((name) => name.includes("mongodb-"))).toEqual([]);
    expect(get("chat-version").inputs).not.toHaveProperty("mongoVersion");
  });

  it("take versions, images and the chart's place", async () => {
    const { get, values } = await chat({
      version: "7.10.2",
      image: "registry.example.com/rocket.chat",
      upgradeFrom: "6.13.0",
      chartVersion: "6.25.3",
      chartRepository: "https://charts.example.com",
      mongo: {
        version: "7.0.14",
        password: secret("Correct.Horse-9"),
        storage: "20Gi",
        storageClass: "fast",
        resources: { limits: { memory: "2Gi" } },
      },
    });
    expect(values).toMatchObject({
      image: { tag: "7.10.2", repository: "registry.example.com/rocket.chat" },
      mongodb: {
        image: { tag: "7.0.14" },
        auth: { passwords: ["Correct.Horse-9"] },
        persistence: { size: "20Gi", storageClass: "fast" },
        resources: { limits: { memory: "2Gi" } },
      },
    });
    expect(get("chat-release").inputs).toMatchObject({
      version: "6.25.3",
      repositoryOpts: { repo: "https://charts.example.com" },
    });
    expect(get("chat-version").inputs).toMatchObject({
      version: "7.10.2",
      mongoVersion: "7.0.14",
      upgradeFrom: "6.13.0",
    });
    expect((await chat({ version: "7.10.2" })).values).toMatchObject({ mongodb: { image: { tag: "7.0" } } });
  });

  it("take replicas, services, NATS and resources", async () => {
    const resources = { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } };
    const { values } = await chat({ replicas: 3, microservices: true, resources });
    expect(values).toMatchObject({
      replicaCount: 3,
      microservices: { enabled: true },
      nats: { enabled: true },
      resources,
    });
    expect((await chat({ nats: true })).values).toMatchObject({
      microservices: { enabled: false },
      nats: { enabled: true },
    });
  });

  it("take an ingress", async () => {
    const { values } = await chat({
      ingress: {
        className: "nginx",
        tlsSecret: "chat-tls",
        annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
      },
    });
    expect(values.ingress).toEqual({
      enabled: true,
      ingressClassName: "nginx",
      annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
      tls: [{ secretName: "chat-tls", hosts: ["chat.example.com"] }],
    });
    expect((await chat({ ingress: true })).values.ingress).toEqual({ enabled: true });
  });

  it("take the admin, settings and variables, none of them into the chart's values", async () => {
    const { get, values } = await chat({
      adminUsername: "root.admin",
      adminPassword: secret("Correct-Horse-9"),
      adminEmail: "ops@example.com",
      adminName: "Ops",
      settings: { FileUpload_MaxFileSize: -1, SMTP_Password: secret("mail-secret") },
      env: { ROCKETCHAT_LICENSE: "abc" },
    });
    expect(get("chat-environment").inputs.stringData).toEqual({
      ADMIN_USERNAME: "root.admin",
      ADMIN_PASS: "Correct-Horse-9",
      ADMIN_EMAIL: "ops@example.com",
      ADMIN_NAME: "Ops",
      OVERWRITE_SETTING_Show_Setup_Wizard: "completed",
      OVERWRITE_SETTING_FileUpload_MaxFileSize: "-1",
      OVERWRITE_SETTING_SMTP_Password: "mail-secret",
      ROCKETCHAT_LICENSE: "abc",
    });
    expect(JSON.stringify(values)).not.toMatch(/Correct-Horse|mail-secret|abc"/);
  });

  it("take names, times and addresses", async () => {
    const { get, resources, outputs } = await chat({
      namespace: "shared",
      namePrefix: "talk",
      startTimeoutSeconds: 90,
      connectionUrl: "http://127.0.0.1:8080/",
    });
    expect(get("chat-release").inputs).toMatchObject({ name: "talk", namespace: "shared", timeout: 90 });
    expect(get("chat-environment").inputs.metadata).toEqual({ namespace: "shared" });
    expect(resources.has("chat-namespace")).toBe(false);
    expect(outputs.namespace).toBe("shared");
    expect(get("chat-connection").inputs).toMatchObject({
      "rocketchat:url": "http://127.0.0.1:8080",
      "rocketchat:startTimeoutMs": "90000",
    });
    const kept = await chat({ retainData: true, namePrefix: "talk" });
    expect(kept.get("chat-namespace")).toMatchObject({ inputs: { metadata: { name: "talk" } }, retainOnDelete: true });
    expect((await chat()).get("chat-namespace").retainOnDelete).toBe(false);
  });

  it("take more values of the chart", async () => {
    const { values } = await chat({
      values: {
        podLabels: { team: "chat" },
        mongodb: { metrics: { enabled: false }, persistence: { enabled: false } },
      },
      mongo: { storage: "9Gi" },
    });
    expect(values).toMatchObject({
      podLabels: { team: "chat" },
      mongodb: { enabled: true, metrics: { enabled: false }, persistence: { enabled: false, size: "9Gi" } },
    });
  });

  it("make a personal access token through the connection", async () => {
    const token = (await chat({ personalAccessToken: { name: "pulumi" } })).get("chat-token");
    expect(token.inputs).toMatchObject({ name: "pulumi", bypassTwoFactor: true });
    expect(token.provider).toBe("chat-connection");
  });
});

describe("options", () => {
  it("hand a given Kubernetes provider to all that goes into the cluster", async () => {
    const { resources } = await declare(
      () => {
        const cluster = new kubernetes.Provider("cluster", { kubeconfig: "{}" });
        new RocketChatRelease("chat", { rootUrl: URL }, { providers: [cluster] });
        return undefined;
      },
      { answers: ANSWERS },
    );
    const made = [...resources.values()].filter(({ type }) => type.startsWith("kubernetes:"));
    expect(made.map(({ provider }) => provider)).toEqual(["cluster", "cluster", "cluster"]);
    expect(resources.get("chat-version")?.provider ?? "default").not.toBe("cluster");
  });
});
