/** The engine under test, and an image made of one file of this machine: no registry is needed. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import Docker from "dockerode";
import { addressOf } from "../../provider/runner/providers/docker/address.ts";
import { archiveOf } from "../../provider/runner/providers/docker/container/uploads.ts";

const BUSYBOX = "/bin/busybox";

export const docker = new Docker(addressOf({}, process.env).options);

/** False: there is no Docker Engine here, or nothing to make an image of. */
export const dockerAnswers = existsSync(BUSYBOX) && (await docker.ping().then(Boolean, () => false));

/** Begin of names that nobody else has. */
export const uniqueName = () => `driver-${randomBytes(3).toString("hex")}`;

export async function makeImage(name: string): Promise<void> {
  const files = [{ file: BUSYBOX, contentBase64: readFileSync(BUSYBOX).toString("base64"), permissions: "0755" }];
  const [repo, tag] = name.split(":");
  const stream = await docker.importImage(Readable.from([await archiveOf(files)]), { repo, tag });
  await new Promise((resolve) => docker.modem.followProgress(stream, resolve));
}

export const removeImage = (name: string) => docker.getImage(name).remove({ force: true });

export const shell = (script: string) => [BUSYBOX, "sh", "-c", script];

/** Serves its files at port 3000; ends at once when it is asked to. */
export const serving = shell(
  `trap 'exit 0' TERM; ${BUSYBOX} httpd -p 3000 -h /srv; while :; do ${BUSYBOX} sleep 0.1; done`,
);
