/** Backups of the database on a schedule, and the restore of one at the first start. A container with MongoDB's own tools. */
import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { BackupArgs } from "./args.ts";
import { DATABASE } from "./mongo.ts";
import { container, healthcheck, type Site, volume } from "./site.ts";

/** Paths in the container. */
export interface Places {
  /** The volume that holds the backups. */
  readonly folder: string;
  /** What is to be restored. */
  readonly archive: string;
  /** There when Rocket.Chat may start. */
  readonly ready: string;
}

const PLACES: Places = { folder: "/backups", archive: "/restore.archive", ready: "/tmp/ready" };
/** A restore takes its time. */
const WAIT_SECONDS = 1_800;

/** Sets `users`. Zero: Rocket.Chat has not been there yet. */
const COUNT_USERS = `users=$(mongosh "$MONGO_URL" --quiet --eval 'db.users.estimatedDocumentCount()')`;

/**
 * Only into an empty database. The mark stays in the volume until all is restored: one that was cut off begins again, where
 * counting users alone would take half of them for a running workspace.
 */
const restoring = ({ folder, archive }: Places) => `
mark=${folder}/.restoring
${COUNT_USERS} || exit 1
if [ -e "$mark" ] || [ "$users" = 0 ]; then
  touch "$mark"
  mongorestore --uri="$MONGO_URL" --nsInclude='${DATABASE}.*' --archive=${archive} --gzip --drop || exit 1
  rm "$mark"
fi
`;

/**
 * A restart does not begin a new interval: the newest archive tells when the next one is due. A torn one never has the final
 * name. An empty database is none to keep: the first backup waits for Rocket.Chat, which starts after this.
 */
const backingUp = ({ folder }: Places) => `
while :; do
  if [ -z "$(find ${folder} -name 'rocketchat-*.gz' -mmin "-$MINUTES")" ]; then
    file="${folder}/rocketchat-$(date -u +%Y%m%dT%H%M%SZ).gz"
    ${COUNT_USERS} || users=unknown
    if [ "$users" = 0 ]; then
      sleep 10 & wait $!
      continue
    elif [ "$users" != unknown ] && mongodump --uri="$MONGO_URL" --archive="$file.part" --gzip --quiet; then
      mv "$file.part" "$file"
      echo "made $file"
      ls -1 ${folder}/rocketchat-*.gz | sort | head -n "-$KEEP" | xargs -r rm -f
    else
      echo "no backup was made; the next try is in a minute" >&2
      rm -f "$file.part"
    fi
  fi
  sleep 60 & wait $!
done
`;

const resting = "while :; do sleep 3600 & wait $!; done\n";

/** What the container does, for sh. */
export const script = (does: { restore: boolean; backUp: boolean }, places: Places = PLACES): string =>
  [
    // The first process of a container ends by no signal that it does not handle.
    "trap 'exit 0' TERM INT",
    // What was made ready before a restart has to be made sure of again.
    `rm -f ${places.ready}`,
    does.restore ? restoring(places) : "",
    `touch ${places.ready}`,
    does.backUp ? backingUp(places) : resting,
  ].join("\n");

export interface BackupParts {
  /** Undefined: no backups, only the restore. */
  readonly backup: BackupArgs | undefined;
  readonly restoreFrom: pulumi.Input<string> | undefined;
  readonly mongoUrl: pulumi.Input<string>;
  /** MongoDB's image, whose tools fit the database. */
  readonly image: docker.RemoteImage;
  readonly dependsOn: pulumi.Resource[];
}

const minutes = (hours: pulumi.Input<number>) => pulumi.output(hours).apply((count) => String(count * 60));

/** Healthy when the database is restored; Rocket.Chat starts after that. */
export function backup(site: Site, { backup: asked, restoreFrom, mongoUrl, image, dependsOn }: BackupParts) {
  const store = volume(site, "backups");
  const text = script({ restore: restoreFrom !== undefined, backUp: asked !== undefined });
  return container(site, "backup", {
    image,
    env: {
      MONGO_URL: mongoUrl,
      ...(asked && {
        MINUTES: minutes(asked.everyHours ?? 24),
        KEEP: pulumi.output(asked.keep ?? 7).apply(String),
      }),
    },
    entrypoints: ["sh", "-c", text],
    volumes: [
      { volumeName: store.name, containerPath: PLACES.folder },
      ...(restoreFrom === undefined ? [] : [{ hostPath: restoreFrom, containerPath: PLACES.archive, readOnly: true }]),
    ],
    healthcheck: healthcheck(["CMD", "test", "-e", PLACES.ready], WAIT_SECONDS, { retries: 3 }),
    waitTimeout: WAIT_SECONDS,
    graceSeconds: 30,
    dependsOn,
  });
}
