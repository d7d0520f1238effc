/** Compose files as people have them become arguments; what could not be taken is told with its line. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Output } from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fromCompose } from "../../../../../provider/components/server/compose/compose.ts";
import { type ComposeNote, noteText } from "../../../../../provider/components/server/compose/note.ts";
import { checkServerArgs } from "../../../../../provider/components/server/schema.ts";
import { RocketChatServer } from "../../../../../provider/components/server/server.ts";
import { declare } from "../../../../support/mocks.ts";

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "compose-")));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

function read(text: string, variables?: Record<string, string>) {
  put("docker-compose.yml", text);
  const taken = fromCompose(path.join(folder, "docker-compose.yml"), variables);
  // Whatever is taken over can be given to the component.
  expect(checkServerArgs(taken.args)).toEqual([]);
  return taken;
}

const short = (notes: readonly ComposeNote[], kind?: string) =>
  notes
    .filter((note) => kind === undefined || note.kind === kind)
    .map(({ line, where, reason }) => `${line} ${where}: ${reason}`);

/** Two services, as the public documentation has them. */
const PUBLIC = `version: '3'
services:
  rocketchat:
    image: rocketchat/rocket.chat:latest
    environment:
      - ROOT_URL=http://localhost:3000
      - MONGO_URL=mongodb://mongo:27017/rocketchat
    ports:
      - 3000:3000
    depends_on:
      - mongo
  mongo:
    image: mongo:5.0
    volumes:
      - mongo_data:/data/db
volumes:
  mongo_data:
`;

/** As the project's own repository has it, with variables. */
const OFFICIAL = `name: chat
services:
  rocketchat:
    image: \${IMAGE:-registry.rocket.chat/rocketchat/rocket.chat}:\${RELEASE:-latest}
    restart: always
    environment:
      ROOT_URL: \${ROOT_URL:-http://localhost}
      PORT: \${PORT:-3000}
      REG_TOKEN: \${REG_TOKEN:-}
      LICENSE_DEBUG: true
      OVERWRITE_SETTING_Prometheus_Enabled: true
      OVERWRITE_SETTING_Prometheus_Port: "\${METRICS_PORT:-9458}"
      MONGO_URL: \${MONGO_URL:-mongodb://mongodb:27017/rocketchat?replicaSet=rs0}
      TRANSPORTER: "\${NATS_URL-monolith+nats://nats:4222}"
    expose:
      - \${PORT:-3000}
    ports:
      - "\${BIND_IP:-0.0.0.0}:\${HOST_PORT:-3100}:\${PORT:-3000}"
      - "\${BIND_IP:-0.0.0.0}:\${METRICS_PORT:-9458}:\${METRICS_PORT:-9458}"
  nats:
    image: docker.io/nats:\${NATS_VERSION:-2.11-alpine}
  nats-exporter:
    image: docker.io/natsio/prometheus-nats-exporter:0.17.3
  mongodb-init:
    image: mongodb/mongodb-community-server:8.2-ubi8
    entrypoint: sh -xc 'mongosh --eval "rs.initiate({})"'
  mongodb:
    image: mongodb/mongodb-community-server:\${MONGODB_VERSION:-8.2}-ubi8
    volumes:
      - mongodb_data:/data/db:rw
    environment:
      MONGODB_REPLICA_SET_NAME: \${MONGODB_REPLICA_SET_NAME:-rs0}
    command: [--replSet, "\${MONGODB_REPLICA_SET_NAME:-rs0}", --bind_ip_all]
  traefik:
    image: traefik:v3.4
volumes:
  mongodb_data: { driver: local }
`;

describe("the public documentation's file", () => {
  it("gives what can be taken", () => {
    expect(read(PUBLIC).args).toEqual({
      image: "rocketchat/rocket.chat",
      port: 3000,
      bindAddress: "0.0.0.0",
      rootUrl: "http://localhost:3000",
      mongo: { image: "mongo" },
      restart: "no",
    });
  });

  it("lists what would not start, and why, each with its line", () => {
    const { notes } = read(PUBLIC);
    expect(short(notes, "problem")).toEqual([
      '4 services.rocketchat.image: the tag "latest" is no release that is known: nobody could tell what an upgrade starts from',
      "7 services.rocketchat.environment[1]: the address names no replica set (`?replicaSet=rs0`)",
      "12 services.mongo: MongoDB runs without a replica set, and Rocket.Chat does not start without one",
      "13 services.mongo.image: Rocket.Chat 8.6.1 does not run on MongoDB 5.0; allowed: 8.0, 8.2",
      "15 services.mongo.volumes[0]: the data is not taken over, the new server begins empty: it is not known which release of Rocket.Chat wrote it",
    ]);
    expect(notes.filter(({ kind, fix }) => kind === "problem" && fix === undefined)).toEqual([]);
    expect(short(notes, "replaced")).toContainEqual(
      "10 services.rocketchat.depends_on: the component starts Rocket.Chat when MongoDB is healthy; here it would wait for the start of the other container only, not until that is ready",
    );
  });
});

describe("the project's own file", () => {
  const taken = () => {
    put(".env", "RELEASE=8.2.0\nREG_TOKEN=abc\n");
    return read(OFFICIAL, { ROOT_URL: "https://chat.example.com" });
  };

  it("is taken with its data, with the values of .env and those that were given", () => {
    expect(taken().args).toEqual({
      image: "registry.rocket.chat/rocketchat/rocket.chat",
      version: "8.2.0",
      rootUrl: "https://chat.example.com",
      port: 3100,
      bindAddress: "0.0.0.0",
      restart: "always",
      env: { REG_TOKEN: "abc", LICENSE_DEBUG: "true" },
      settings: { Prometheus_Enabled: "true", Prometheus_Port: "9458" },
      nats: { version: "2.11-alpine" },
      mongo: { version: "8.2", data: "chat_mongodb_data" },
    });
  });

  it("has one problem: that the old containers must be stopped", () => {
    const { notes } = taken();
    expect(short(notes, "problem")).toEqual([
      "30 services.mongodb.volumes[0]: chat_mongodb_data is used as it is, and two databases must not have it at once",
    ]);
    expect(short(notes, "left-out").map((line) => line.split(":")[0])).toEqual([
      "19 services.rocketchat.ports[1]",
      "22 services.nats-exporter",
      "34 services.traefik",
    ]);
    expect(short(notes, "replaced")).toContainEqual(
      "24 services.mongodb-init: the component prepares its database itself",
    );
  });

  it("brings up the same server by the component", async () => {
    const { resources } = await declare(
      () => {
        new RocketChatServer("team", taken().args);
        return undefined;
      },
      { answers: { "docker:index/remoteImage:RemoteImage": ({ name }) => ({ imageId: String(name) }) } },
    );
    expect(resources.get("team-rocketchat")?.inputs).toMatchObject({
      image: "registry.rocket.chat/rocketchat/rocket.chat:8.2.0",
      ports: [{ internal: 3000, external: 3100, ip: "0.0.0.0" }],
      envs: expect.arrayContaining(["OVERWRITE_SETTING_Prometheus_Port=9458", "REG_TOKEN=abc"]),
    });
    expect(resources.get("team-mongodb")?.inputs).toMatchObject({
      image: "mongo:8.2",
      volumes: [{ volumeName: "chat_mongodb_data", containerPath: "/data/db" }],
    });
    expect(resources.has("team-mongodb-data")).toBe(false);
    expect(resources.get("team-version")?.inputs).toMatchObject({ version: "8.2.0", mongoData: "chat_mongodb_data" });
    expect(resources.has("team-nats")).toBe(true);
  });
});

/** A file of the newest form with parts replaced. */
const file = (server: string, mongo = "", rest = "") => `services:
  chat:
    image: rocketchat/rocket.chat:8.6.1
${server}
  db:
    image: mongo:8.0
    command: mongod --replSet rs0
${mongo}
${rest}`;

describe("forms", () => {
  it("takes the long forms of ports and volumes, and sizes of memory", () => {
    const { args } = read(
      file(
        `    ports: [{ target: 3000, published: "8080", host_ip: 127.0.0.1 }]
    volumes:
      - { type: bind, source: ./uploads, target: /app/uploads }
      - certificates:/certs:ro
    deploy: { resources: { limits: { memory: 1.5G } } }`,
        "    mem_limit: 512m\n    volumes: [{ type: volume, source: data, target: /data/db }]",
        "volumes: { data: { external: true }, certificates: { name: certs } }",
      ),
    );
    expect(args).toMatchObject({
      port: 8080,
      bindAddress: "127.0.0.1",
      memoryMb: 1536,
      volumes: [
        { source: path.join(folder, "uploads"), target: "/app/uploads" },
        { source: "certs", target: "/certs", readOnly: true },
      ],
      mongo: { image: "mongo", version: "8.0", data: "data", aliases: ["db"], memoryMb: 512 },
    });
  });

  it("names a volume after the folder, as Compose does", () => {
    expect(read(file("", "    volumes: [data:/data/db]", "volumes: { data: }")).args.mongo?.data).toBe(
      `${path.basename(folder).toLowerCase()}_data`,
    );
    expect(
      read(file("", "    volumes: [data:/data/db]", "volumes: { data: }"), { COMPOSE_PROJECT_NAME: "Team 1" }).args
        .mongo?.data,
    ).toBe("team1_data");
    expect(read(file("", "    volumes: [./db:/data/db/]")).args.mongo?.data).toBe(path.join(folder, "db"));
  });

  it("takes the admin, with the password as a secret", async () => {
    const { args, notes } = read(
      file(
        "    environment: { ADMIN_USERNAME: root, ADMIN_PASS: Hidden-Horse-9, ADMIN_EMAIL: a@example.com, ADMIN_NAME: A }",
      ),
    );
    expect(args).toMatchObject({ adminUsername: "root", adminEmail: "a@example.com", adminName: "A" });
    expect(Output.isInstance(args.adminPassword)).toBe(true);
    expect(await (args.adminPassword as unknown as { isSecret: Promise<boolean> }).isSecret).toBe(true);
    expect(JSON.stringify(notes)).not.toContain("Hidden-Horse");
  });

  it("takes env_file under environment, and YAML's merges", () => {
    put("chat.env", "A=1\nB=2\n");
    const { args } = read(
      `x-env: &env { C: "3", B: merged }\n${file("    env_file: [chat.env, { path: none.env, required: false }]\n    environment: { <<: *env, D: }")}`,
      { D: "4" },
    );
    expect(args.env).toEqual({ A: "1", B: "merged", C: "3", D: "4" });
  });

  it("takes a port that a variable moved inside the container", () => {
    const { args } = read(file('    environment: [PORT=4000]\n    ports: ["[::1]:5000:4000", "6000:3000"]'));
    expect(args).toMatchObject({ port: 5000, bindAddress: "::1" });
  });
});

describe("what is not taken over", () => {
  const notesOf = (...parts: Parameters<typeof file>) => short(read(file(...parts)).notes);

  it.each<[string, Parameters<typeof file>, RegExp]>([
    ["a range of ports", ['    ports: ["3000-3005:3000-3005"]'], /^4 services\.chat\.ports\[0\]: is a range of ports/],
    ["a port without a number", ['    ports: ["3000"]'], /ports\[0\]: the port of the host would be another one/],
    ["no port", [""], /^2 services\.chat: port 3000 of the server is not published/],
    ["a home folder", ["    volumes: [~/x:/y]"], /volumes\[0\]: begins in the home folder/],
    ["an anonymous volume", ["    volumes: [/app/uploads]"], /volumes\[0\]: has no name/],
    ["a variable from the shell", ["    environment: [SECRET]"], /environment\[0\]: SECRET has no value here/],
    ["a variable that is nowhere", ["    environment: { A: $NONE }"], /environment\.A: the variable NONE is not set/],
    ["a file that is not there", ["    env_file: none.env"], /env_file: the file none\.env is not there/],
    ["a dependency that is not there", ["    depends_on: [mongo]"], /depends_on: there is no service "mongo"/],
    ["labels", ['    labels: ["traefik.enable=true"]'], /labels: labels are not taken over/],
    ["replicas", ["    deploy: { replicas: 3 }"], /deploy\.replicas: the component has one container of each/],
    ["what the component does not know", ["    dns: [1.1.1.1]"], /dns: the component has no `dns`/],
    ["a published database", ["", "    ports: [27017:27017]"], /services\.db\.ports: the database is not published/],
    [
      "another service",
      ["", "", "  bot: { image: rocketchat/hubot-rocketchat }"],
      /services\.bot: the component has no service/,
    ],
    [
      "a database elsewhere",
      ["    environment: { MONGO_URL: mongodb://db/other?replicaSet=rs0 }", "    volumes: [a:/data/db]"],
      /begins empty: the database is called "other"/,
    ],
    [
      "a set with another name",
      ["", "    volumes: [a:/data/db]\n    entrypoint: [mongod, --replSet=rs1]"],
      /begins empty: its replica set is called "rs1"/,
    ],
    [
      "a log-in",
      ["", "    volumes: [a:/data/db]\n    environment: { MONGO_INITDB_ROOT_USERNAME: a }"],
      /begins empty: its log-in was made with it/,
    ],
  ])("%s", (_what, parts, expected) => {
    expect(notesOf(...parts)).toContainEqual(expect.stringMatching(expected));
  });

  it("is quiet about a dependency that waits for health", () => {
    const [only] = notesOf("    depends_on: { db: { condition: service_healthy } }").filter((note) =>
      note.includes("depends_on"),
    );
    expect(only).toMatch(/starts Rocket\.Chat when MongoDB is healthy$/);
  });

  it("says what is missing where there is no database", () => {
    const { notes, args } = read("services: { chat: { image: rocket.chat:8.6.1 } }");
    expect(short(notes, "problem")).toEqual([expect.stringContaining("no service of the file is its MongoDB")]);
    expect(args.mongo).toBeUndefined();
  });

  it("keeps the data of Bitnami's image where it is", () => {
    const { notes, args } = read(
      "services:\n  chat: { image: rocket.chat:7.5.0 }\n  db:\n    image: docker.io/bitnami/mongodb:6.0\n    environment: { MONGODB_REPLICA_SET_NAME: rs0 }\n    volumes: [a:/bitnami/mongodb]",
    );
    expect(args.mongo).toEqual({ version: "6.0" });
    expect(short(notes, "problem")).toEqual([expect.stringMatching(/^6 .*another form of folders$/)]);
  });
});

describe("a file that is none", () => {
  it.each([
    ["broken YAML", "a: [", /docker-compose\.yml:1: is not valid YAML/],
    ["a list", "- a", /docker-compose\.yml:1: the file must be a mapping/],
    ["no services", "volumes: {}", /has no `services`/],
    ["a service that is a word", "services:\n  a: b", /docker-compose\.yml:2: services\.a must be a mapping/],
    [
      "nothing of Rocket.Chat",
      "services: { web: { image: nginx } }",
      /no service with an image of Rocket\.Chat .*its services: web/,
    ],
  ])("%s", (_what, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it("that is not there", () => {
    expect(() => fromCompose(path.join(folder, "none.yml"))).toThrow(/none\.yml: can't be read \(ENOENT\)/);
  });
});

it("tells a note in one line", () => {
  const note = {
    kind: "problem",
    file: "a.yml",
    line: 3,
    where: "services.a",
    reason: "is wrong",
    fix: "Mend it",
  } as const;
  expect(noteText(note)).toBe("a.yml:3 services.a (would not work): is wrong. Mend it.");
  expect(noteText({ ...note, kind: "replaced", fix: undefined })).toBe(
    "a.yml:3 services.a (done otherwise): is wrong.",
  );
});
