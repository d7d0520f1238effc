// Builds the stand-in images of test/docker/images under the names of the real ones. Builds nothing when nothing has changed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { node, root } from "../setup.mjs";
import { docker } from "./client.mjs";
import { importedBy } from "./imports.mjs";

const LABEL = "pulumi-rocketchat.stand-in";
const BASE = "pulumi-rocketchat/stand-in:base";
/** On the engine when all are built: tests see by it that the stand-ins are there. */
const MARK = "pulumi-rocketchat/stand-in:built";
const REGISTRY = "127.0.0.1:5000";
const PROGRAMS = "test/docker/images";

/** Beside the programs, at the same places below /app: they say that the files are modules. */
const SHARED = ["package.json", "provider/package.json"];
/** What the server's program is made of. */
const server = () => importedBy(`${PROGRAMS}/rocketchat/main.ts`);
const nothingElse = () => [];

/** Rocket.Chat's releases are the sandbox's; of the others those that the component takes for them. */
const IMAGES = [
  { name: "mongo", folder: "mongo", tags: ["7.0", "8.0"], files: nothingElse },
  { name: "rocketchat/rocket.chat", folder: "rocketchat", tags: ["7.7.1", "8.6.1"], files: server },
  { name: "nats", folder: "nats", tags: ["2.11-alpine"], files: nothingElse },
];
const references = IMAGES.flatMap((image) =>
  image.tags.map((tag) => ({ ...image, tag, reference: `${image.name}:${tag}` })),
);

/** What the images are made of. */
function digest() {
  const hash = createHash("sha256").update(process.version);
  const add = (name) => {
    const full = path.join(root, name);
    if (statSync(full).isDirectory()) for (const entry of readdirSync(full).sort()) add(path.join(name, entry));
    else hash.update(name).update(readFileSync(full));
  };
  for (const name of [PROGRAMS, ...SHARED, ...server(), "tools/docker/images.mjs"]) add(name);
  return hash.digest("hex").slice(0, 16);
}

/** Files of a folder as a build's context. */
const tar = (folder, files) =>
  spawn("tar", ["-C", folder, "-c", ...files], { stdio: ["ignore", "pipe", "inherit"] }).stdout;

async function build(client, context, options) {
  const stream = await client.buildImage(context, options);
  await new Promise((resolve, reject) => {
    client.modem.followProgress(stream, (error) =>
      error ? reject(new Error(`The image ${options.t} can't be built: ${error.message}`)) : resolve(),
    );
  });
}

/** Node.js, the libraries that it is linked with, and a shell. */
async function buildBase(client, labels) {
  const folder = mkdtempSync(path.join(tmpdir(), "stand-in-base-"));
  const copy = (from, to) => {
    mkdirSync(path.dirname(path.join(folder, to)), { recursive: true });
    copyFileSync(from, path.join(folder, to));
  };
  try {
    const program = realpathSync(node());
    copy(path.join(root, PROGRAMS, "base", "Dockerfile"), "Dockerfile");
    copy(program, "usr/local/bin/node");
    copy("/bin/busybox", "bin/busybox");
    const linked = spawnSync("ldd", [program], { encoding: "utf8" }).stdout;
    for (const [library] of linked.matchAll(/\/lib\S+/g)) copy(library, library);
    for (const name of ["tmp", "etc", "root"]) mkdirSync(path.join(folder, name));
    writeFileSync(
      path.join(folder, "etc/passwd"),
      "root:x:0:0:root:/root:/bin/sh\nmongodb:x:999:999::/data/db:/bin/sh\n",
    );
    writeFileSync(path.join(folder, "etc/nsswitch.conf"), "hosts: files dns\n");
    await build(client, tar(folder, ["."]), { t: BASE, labels });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const inspected = (client, reference) =>
  client
    .getImage(reference)
    .inspect()
    .catch(() => undefined);
const labelOf = (image) => image?.Config?.Labels?.[LABEL];
const untag = (client, reference) =>
  client
    .getImage(reference)
    .remove()
    .catch(() => {});

/** Into the registry that the engine mirrors, so that they are pulled like the real ones. */
async function push(client, reference) {
  const repo = `${REGISTRY}/${reference.includes("/") ? reference : `library/${reference}`}`.replace(/:[^:]*$/, "");
  const tag = reference.split(":").at(-1);
  await client.getImage(reference).tag({ repo, tag });
  const stream = await client.getImage(`${repo}:${tag}`).push({ authconfig: {} });
  await new Promise((resolve, reject) => {
    client.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
  for (const name of [`${repo}:${tag}`, reference]) await untag(client, name);
}

/** @param registry whether the engine is a private one, with a registry beside it */
export async function buildImages(host, { registry }) {
  const client = docker(host);
  const own = digest();
  const labels = JSON.stringify({ [LABEL]: own });
  if (labelOf(await inspected(client, MARK)) === own) return;
  if (process.platform !== "linux")
    throw new Error("The stand-in images are made of this machine's Node.js, which must be Linux's.");
  for (const { reference } of references) {
    const there = await inspected(client, reference);
    if (there && labelOf(there) === undefined)
      throw new Error(
        `The Docker Engine has a real image ${reference}; stand-ins would take its name. Use another engine (DOCKER_HOST).`,
      );
  }
  console.error("Building the stand-in images …");
  await untag(client, MARK);
  await buildBase(client, labels);
  for (const { reference, folder, tag, files } of references) {
    const own = `${PROGRAMS}/${folder}`;
    const context = tar(root, [own, ...SHARED, ...files().filter((name) => !name.startsWith(own))]);
    const buildargs = JSON.stringify({ BASE, VERSION: tag });
    await build(client, context, { t: reference, labels, buildargs, dockerfile: `${own}/Dockerfile` });
    if (registry) await push(client, reference);
  }
  const [repo, tag] = MARK.split(":");
  await client.getImage(BASE).tag({ repo, tag });
}

/** Only what was built here. */
export async function removeImages(host) {
  const client = docker(host);
  for (const reference of [...references.map((one) => one.reference), MARK, BASE])
    if (labelOf(await inspected(client, reference)) !== undefined) await untag(client, reference);
}
