/** Every argument reaches the right place: the component declared against Pulumi's mock monitor. */
import * as docker from "@pulumi/docker";
import { secret } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { RocketChatServerArgs } from "../../../../provider/components/server/args.ts";
import { RocketChatServer } from "../../../../provider/components/server/server.ts";
import { declare } from "../../../support/mocks.ts";

const ANSWERS = {
  "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword": ({ given }: Record<string, unknown>) => ({
    password: given ?? "made-by-itself",
  }),
  "docker:index/remoteImage:RemoteImage": ({ name }: Record<string, unknown>) => ({ imageId: `sha256:${name}` }),
};

async function chat(args?: RocketChatServerArgs, opts?: ConstructorParameters<typeof RocketChatServer>[2]) {
  const { resources, ...rest } = await declare(
    () => {
      const { url, adminUsername, adminPassword } = new RocketChatServer("chat", args, opts);
      return { url, adminUsername, adminPassword };
    },
    { answers: ANSWERS },
  );
  const get = (name: string) => {
    const found = resources.get(name);
    if (found === undefined) throw new Error(`${name} was not declared: ${[...resources.keys()].join(", ")}`);
    return found;
  };
  const envOf = (name: string) =>
    Object.fromEntries(
      (get(name).inputs.envs as string[]).map((line) => [
        line.slice(0, line.indexOf("=")),
        line.slice(line.indexOf("=") + 1),
      ]),
    );
  return { resources, get, envOf, ...rest };
}

describe("a server with nothing said", () => {
  it("has these children, under these names, all of them the component's", async () => {
    const { resources } = await chat();
    const children = [...resources.values()].filter(({ name }) => name !== "chat");
    expect(Object.fromEntries(children.map(({ name, type }) => [name, type]))).toEqual({
      "chat-network": "docker:index/network:Network",
      "chat-mongodb-image": "docker:index/remoteImage:RemoteImage",
      "chat-rocketchat-image": "docker:index/remoteImage:RemoteImage",
      "chat-version": "pulumi-nodejs:dynamic/rocketchat:ServerVersion",
      "chat-mongodb-data": "docker:index/volume:Volume",
      "chat-mongodb": "docker:index/container:Container",
      "chat-rocketchat": "docker:index/container:Container",
      "chat-admin-password": "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword",
      "chat-connection": "pulumi:providers:pulumi-nodejs",
    });
    expect(children.filter(({ parent }) => parent !== "chat")).toEqual([]);
    expect(resources.get("chat")?.type).toBe("rocketchat:components:RocketChatServer");
  });

  it("pins both versions", async () => {
    const { get } = await chat();
    expect(get("chat-rocketchat-image").inputs).toEqual({ name: "rocketchat/rocket.chat:8.6.1", keepLocally: true });
    expect(get("chat-mongodb-image").inputs).toEqual({ name: "mongo:8.0", keepLocally: true });
    expect(get("chat-version").inputs).toMatchObject({
      version: "8.6.1",
      mongoVersion: "8.0",
      mongoAuth: false,
      namePrefix: "chat",
    });
  });

  it("starts MongoDB as a replica set that its health check initiates, with the data in a volume", async () => {
    const { get } = await chat();
    const { inputs } = get("chat-mongodb");
    expect(inputs).toMatchObject({
      name: "chat-mongodb",
      image: "sha256:mongo:8.0",
      restart: "unless-stopped",
      command: ["mongod", "--replSet", "rs0", "--bind_ip_all"],
      volumes: [{ volumeName: "chat-mongodb-data", containerPath: "/data/db" }],
      networksAdvanced: [{ name: "chat-network", aliases: ["mongodb"] }],
      wait: true,
    });
    expect(JSON.stringify(inputs.healthcheck)).toMatch(
      /rs\.status\(\).*rs\.initiate\(.*mongodb:27017.*isWritablePrimary/,
    );
    expect(inputs).not.toHaveProperty("ports");
    expect(inputs).not.toHaveProperty("memory");
  });

  it("starts Rocket.Chat after it, on this machine only, with the wizard off", async () => {
    const { get, envOf } = await chat();
    const one = get("chat-rocketchat");
    expect(one.inputs).toMatchObject({
      name: "chat-rocketchat",
      image: "sha256:rocketchat/rocket.chat:8.6.1",
      ports: [{ internal: 3000, external: 3000, ip: "127.0.0.1" }],
      networksAdvanced: [{ name: "chat-network", aliases: ["rocketchat"] }],
      wait: true,
      waitTimeout: 600,
      destroyGraceSeconds: 30,
    });
    expect(one.dependencies).toEqual(expect.arrayContaining(["chat-mongodb", "chat-version"]));
    expect(envOf("chat-rocketchat")).toEqual({
      ROOT_URL: "http://localhost:3000",
      PORT: "3000",
      MONGO_URL: "mongodb://mongodb:27017/rocketchat?replicaSet=rs0",
      DEPLOY_METHOD: "docker",
      ADMIN_USERNAME: "admin",
      ADMIN_PASS: "made-by-itself",
      ADMIN_NAME: "Administrator",
      OVERWRITE_SETTING_Show_Setup_Wizard: "completed",
    });
    expect(one.secrets).toEqual(["envs"]);
  });

  it("replaces containers old one first, and lets nothing but the images and the network into their identity", async () => {
    const { get } = await chat();
    for (const name of ["chat-mongodb", "chat-rocketchat"]) expect(get(name).deleteBeforeReplace).toBe(true);
    // A property that came from MongoDB's container would replace Rocket.Chat along with it.
    expect(get("chat-rocketchat").inputDependencies).toEqual([
      "chat-admin-password",
      "chat-network",
      "chat-rocketchat-image",
    ]);
  });

  it("gives a connection that waits for the server, and outputs with the password secret", async () => {
    const { get, outputs, secretOutputs } = await chat();
    const connection = get("chat-connection");
    expect(connection.inputs).toEqual({
      "rocketchat:url": "http://127.0.0.1:3000",
      "rocketchat:username": "admin",
      "rocketchat:password": "made-by-itself",
      "rocketchat:startTimeoutMs": "600000",
    });
    expect(connection.secrets).toEqual(["rocketchat:password"]);
    expect(connection.dependencies).toContain("chat-rocketchat");
    // Else a new container would be a new connection, and all content new with it.
    expect(connection.inputDependencies).toEqual(["chat-admin-password"]);
    expect(outputs).toEqual({
      url: "http://localhost:3000",
      adminUsername: "admin",
      adminPassword: "made-by-itself",
    });
    expect(secretOutputs).toEqual(["adminPassword"]);
  });

  it("removes its volume with it", async () => {
    expect((await chat()).get("chat-mongodb-data").retainOnDelete).toBe(false);
  });
});

describe("arguments", () => {
  it("take versions and images, and the database's release from Rocket.Chat's", async () => {
    const { get } = await chat({ version: "7.7.1", image: "registry.rocket.chat/rocketchat/rocket.chat" });
    expect(get("chat-rocketchat-image").inputs.name).toBe("registry.rocket.chat/rocketchat/rocket.chat:7.7.1");
    expect(get("chat-mongodb-image").inputs.name).toBe("mongo:7.0");
    const other = await chat({ mongo: { version: "8.2", image: "example.com/mongo" }, upgradeFrom: "7.13.0" });
    expect(other.get("chat-mongodb-image").inputs.name).toBe("example.com/mongo:8.2");
    expect(other.get("chat-version").inputs).toMatchObject({ mongoVersion: "8.2", upgradeFrom: "7.13.0" });
  });

  it("take a given admin", async () => {
    const { envOf, get, outputs } = await chat({
      adminUsername: "root.admin",
      adminPassword: secret("Correct-Horse-9"),
      adminEmail: "ops@example.com",
      adminName: "Ops",
    });
    expect(envOf("chat-rocketchat")).toMatchObject({
      ADMIN_USERNAME: "root.admin",
      ADMIN_PASS: "Correct-Horse-9",
      ADMIN_EMAIL: "ops@example.com",
      ADMIN_NAME: "Ops",
    });
    expect(get("chat-admin-password").secrets).toContain("given");
    expect(get("chat-connection").inputs["rocketchat:username"]).toBe("root.admin");
    expect(outputs.adminPassword).toBe("Correct-Horse-9");
  });

  it("take addresses", async () => {
    const { get, envOf, outputs } = await chat({
      rootUrl: "https://example.com/chat/",
      port: 3100,
      bindAddress: "0.0.0.0",
    });
    expect(envOf("chat-rocketchat").ROOT_URL).toBe("https://example.com/chat");
    expect(get("chat-rocketchat").inputs.ports).toEqual([{ internal: 3000, external: 3100, ip: "0.0.0.0" }]);
    expect(get("chat-connection").inputs["rocketchat:url"]).toBe("http://127.0.0.1:3100/chat");
    expect(JSON.stringify(get("chat-rocketchat").inputs.healthcheck)).toContain("/chat/api/info");
    expect(outputs.url).toBe("https://example.com/chat");
    const said = await chat({ connectionUrl: "http://chat.internal:3000/", insecure: true });
    expect(said.get("chat-connection").inputs).toMatchObject({
      "rocketchat:url": "http://chat.internal:3000",
      "rocketchat:insecure": "true",
    });
  });

  it("take settings and variables, each in the server's own words", async () => {
    const { envOf } = await chat({
      settings: {
        Accounts_RegistrationForm: "Disabled",
        FileUpload_MaxFileSize: -1,
        API_Enable_Rate_Limiter: false,
        A: ["x"],
      },
      env: { LICENSE: "abc" },
    });
    expect(envOf("chat-rocketchat")).toMatchObject({
      OVERWRITE_SETTING_Accounts_RegistrationForm: "Disabled",
      OVERWRITE_SETTING_FileUpload_MaxFileSize: "-1",
      OVERWRITE_SETTING_API_Enable_Rate_Limiter: "false",
      OVERWRITE_SETTING_A: '["x"]',
      LICENSE: "abc",
    });
  });

  it("take volumes that are there already, and the data of a former server", async () => {
    const { get, resources } = await chat({
      mongo: { data: "old_data", aliases: ["mongo"] },
      volumes: [
        { source: "/srv/uploads", target: "/app/uploads" },
        { source: secret("certs"), target: "/certs", readOnly: true },
      ],
    });
    expect(get("chat-mongodb").inputs).toMatchObject({
      volumes: [{ volumeName: "old_data", containerPath: "/data/db" }],
      networksAdvanced: [{ name: "chat-network", aliases: ["mongodb", "mongo"] }],
    });
    expect(resources.has("chat-mongodb-data")).toBe(false);
    expect(get("chat-version").inputs).toMatchObject({ mongoData: "old_data" });
    expect(get("chat-rocketchat").inputs.volumes).toEqual([
      { hostPath: "/srv/uploads", containerPath: "/app/uploads" },
      { volumeName: "certs", containerPath: "/certs", readOnly: true },
    ]);
    const byPath = await chat({ mongo: { data: "/srv/mongo" } });
    expect(byPath.get("chat-mongodb").inputs.volumes).toEqual([{ hostPath: "/srv/mongo", containerPath: "/data/db" }]);
  });

  it("take limits, restart policy, start time and names", async () => {
    const { get } = await chat({
      memoryMb: 1024,
      mongo: { memoryMb: 512 },
      restart: "always",
      startTimeoutSeconds: 90,
      namePrefix: "team",
      retainData: true,
    });
    expect(get("chat-rocketchat").inputs).toMatchObject({
      name: "team-rocketchat",
      memory: 1024,
      memorySwap: 2048,
      healthcheck: { startPeriod: "1m30s" },
      restart: "always",
      waitTimeout: 90,
    });
    expect(get("chat-mongodb").inputs).toMatchObject({ name: "team-mongodb", memory: 512, restart: "always" });
    expect(get("chat-network").inputs.name).toBe("team-network");
    expect(get("chat-mongodb-data")).toMatchObject({ inputs: { name: "team-mongodb-data" }, retainOnDelete: true });
    expect(get("chat-connection").inputs["rocketchat:startTimeoutMs"]).toBe("90000");
  });

  it("take another Docker host, and reach the server by its own address then", async () => {
    const { get, resources } = await chat({ host: "ssh://ops@box", rootUrl: "https://chat.example.com" });
    expect(get("chat-docker")).toMatchObject({ type: "pulumi:providers:docker", inputs: { host: "ssh://ops@box" } });
    const made = [...resources.values()].filter(({ type }) => type.startsWith("docker:"));
    expect(made.length).toBeGreaterThan(5);
    expect(made.filter(({ provider }) => provider !== "chat-docker")).toEqual([]);
    expect(get("chat-connection").inputs["rocketchat:url"]).toBe("https://chat.example.com");
  });
});

describe("options", () => {
  it("hand a given Docker provider to all that Docker makes", async () => {
    const { resources } = await declare(
      () => {
        const box = new docker.Provider("box", { host: "ssh://ops@box" });
        new RocketChatServer("chat", { connectionUrl: "https://chat.example.com", backup: true }, { providers: [box] });
        return undefined;
      },
      { answers: ANSWERS },
    );
    const made = [...resources.values()].filter(({ type }) => type.startsWith("docker:"));
    expect(made.length).toBeGreaterThan(6);
    expect(made.filter(({ provider }) => provider !== "box")).toEqual([]);
    expect(resources.get("chat-version")?.provider ?? "default").not.toBe("box");
  });
});

describe("what is asked for beside it", () => {
  it("protects the database with a password and a key file", async () => {
    const { get, envOf } = await chat({ mongo: { auth: true, password: secret("p@ss/word:long-1") } });
    const mongo = get("chat-mongodb");
    expect(envOf("chat-mongodb")).toMatchObject({
      MONGO_INITDB_ROOT_USERNAME: "rocketchat",
      MONGO_INITDB_ROOT_PASSWORD: "p@ss/word:long-1",
      MONGO_KEY_FILE: "made-by-itself",
    });
    expect(mongo.secrets).toEqual(["envs"]);
    expect(mongo.inputs.command).toEqual([
      ...["mongod", "--replSet", "rs0", "--bind_ip_all"],
      ...["--keyFile", "/etc/mongo.key"],
    ]);
    expect(JSON.stringify(mongo.inputs.entrypoints)).toMatch(/chmod 400 .*chown 999:999 .*exec docker-entrypoint\.sh/);
    // Read in the container: the check itself can be seen by whoever may inspect it.
    expect(JSON.stringify(mongo.inputs.healthcheck)).toContain('\\"$MONGO_INITDB_ROOT_PASSWORD\\"');
    expect(envOf("chat-rocketchat").MONGO_URL).toBe(
      "mongodb://rocketchat:p%40ss%2Fword%3Along-1@mongodb:27017/rocketchat?authSource=admin&replicaSet=rs0",
    );
    expect(get("chat-mongodb-password").inputs).toMatchObject({ purpose: "mongo.password", fixed: true });
  });

  it("starts NATS first", async () => {
    const { get, envOf } = await chat({ nats: true });
    expect(get("chat-nats-image").inputs.name).toBe("nats:2.11-alpine");
    expect(envOf("chat-rocketchat").TRANSPORTER).toBe("monolith+nats://nats:4222");
    expect(get("chat-rocketchat").dependencies).toContain("chat-nats");
    expect((await chat({ nats: { version: "2.12-alpine" } })).get("chat-nats-image").inputs.name).toBe(
      "nats:2.12-alpine",
    );
  });

  it("puts Traefik before it", async () => {
    const { get, envOf, outputs } = await chat({ https: { domain: "chat.example.com", email: "ops@example.com" } });
    const { inputs } = get("chat-traefik");
    expect(inputs.command).toEqual(
      expect.arrayContaining([
        "--certificatesresolvers.acme.acme.email=ops@example.com",
        "--entrypoints.web.http.redirections.entrypoint.scheme=https",
      ]),
    );
    expect(inputs.ports).toEqual([
      { internal: 80, external: 80, ip: "0.0.0.0" },
      { internal: 443, external: 443, ip: "0.0.0.0" },
    ]);
    expect(inputs.volumes).toEqual([{ volumeName: "chat-certificates", containerPath: "/certificates" }]);
    const { http } = JSON.parse(envOf("chat-traefik").ROUTES ?? "");
    expect(http.routers.rocketchat.rule).toBe("Host(`chat.example.com`)");
    expect(http.services.rocketchat.loadBalancer.servers).toEqual([{ url: "http://rocketchat:3000" }]);
    expect(envOf("chat-rocketchat")).toMatchObject({ ROOT_URL: "https://chat.example.com", HTTP_FORWARDED_COUNT: "1" });
    expect(outputs.url).toBe("https://chat.example.com");
    expect(get("chat-connection").inputs["rocketchat:url"]).toBe("http://127.0.0.1:3000");
  });

  it("backs up on a schedule, with the database's own image", async () => {
    const { get, envOf } = await chat({ backup: { everyHours: 6, keep: 3 }, retainData: true });
    const { inputs } = get("chat-backup");
    expect(inputs).toMatchObject({
      image: "sha256:mongo:8.0",
      volumes: [{ volumeName: "chat-backups", containerPath: "/backups" }],
    });
    expect(envOf("chat-backup")).toEqual({
      MONGO_URL: "mongodb://mongodb:27017/rocketchat?replicaSet=rs0",
      MINUTES: "360",
      KEEP: "3",
    });
    expect(JSON.stringify(inputs.entrypoints)).toContain("mongodump");
    expect(JSON.stringify(inputs.entrypoints)).not.toContain("mongorestore");
    expect(get("chat-backups").retainOnDelete).toBe(true);
    expect((await chat({ backup: true })).envOf("chat-backup")).toMatchObject({ MINUTES: "1440", KEEP: "7" });
  });

  it("restores before Rocket.Chat starts", async () => {
    const { get } = await chat({ restoreFrom: "/srv/rocketchat-1.gz" });
    const { inputs } = get("chat-backup");
    expect(inputs.volumes).toContainEqual({
      hostPath: "/srv/rocketchat-1.gz",
      containerPath: "/restore.archive",
      readOnly: true,
    });
    expect(JSON.stringify(inputs.entrypoints)).toContain("mongorestore");
    expect(JSON.stringify(inputs.entrypoints)).not.toContain("mongodump");
    expect(get("chat-rocketchat").dependencies).toContain("chat-backup");
  });

  it("makes a personal access token through the connection", async () => {
    const { get } = await chat({ personalAccessToken: { name: "pulumi" } });
    const token = get("chat-token");
    expect(token.inputs).toMatchObject({ name: "pulumi", bypassTwoFactor: true });
    expect(token.provider).toBe("chat-connection");
    expect((await chat({ personalAccessToken: true })).get("chat-token").inputs.name).toBe("chat");
  });
});
