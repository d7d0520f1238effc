/** Backups of the database on a schedule, and the restore of one at the first start. A container with MongoDB's own tools. */
import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { BackupArgs } from "./args.ts";
import { DATABASE } from "./mongo.ts";
import { container, duration, type Site, volume } from "./site.ts";

const FOLDER = "/backups";
const ARCHIVE = "/restore.archive";
const READY = "/tmp/ready";
/** A restore takes its time. */
const WAIT_SECONDS = 1_800;

/**
 * Only into an empty database. The mark stays in the volume until all is restored: one that was cut off begins again, where
 * counting users alone would take half of them for a running workspace.
 */
const RESTORE = `
mark=${FOLDER}/.restoring
users=$(mongosh "$MONGO_URL" --quiet --eval 'db.users.estimatedDocumentCount()') || exit 1
if [ -e "$mark" ] || [ "$users" = 0 ]; then
  touch "$mark"
  mongorestore --uri="$MONGO_URL" --nsInclude='${DATABASE}.*' --archive=${ARCHIVE} --gzip --drop || exit 1
  rm "$mark"
fi
`;

/** A restart does not begin a new interval: the newest archive tells when the next one is due. A torn one never has the final name. */
const BACK_UP = `
while :; do
  if [ -z "$(find ${FOLDER} -name 'rocketchat-*.gz' -mmin "-$MINUTES")" ]; then
    file="${FOLDER}/rocketchat-$(date -u +%Y%m%dT%H%M%SZ).gz"
    if mongodump --uri="$MONGO_URL" --archive="$file.part" --gzip --quiet; then
      mv "$file.part" "$file"
      echo "made $file"
      ls -1 ${FOLDER}/rocketchat-*.gz | sort | head -n "-$KEEP" | xargs -r rm -f
    else
      echo "no backup was made; the next try is in a minute" >&2
      rm -f "$file.part"
    fi
  fi
  sleep 60 & wait $!
done
`;

const REST = "while :; do sleep 3600 & wait $!; done\n";

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
  const script = [
    "trap 'exit 0' TERM INT",
    restoreFrom === undefined ? "" : RESTORE,
    `touch ${READY}`,
    asked === undefined ? REST : BACK_UP,
  ].join("\n");
  return container(site, "backup", {
    image,
    env: {
      MONGO_URL: mongoUrl,
      ...(asked && {
        MINUTES: minutes(asked.everyHours ?? 24),
        KEEP: pulumi.output(asked.keep ?? 7).apply(String),
      }),
    },
    entrypoints: ["sh", "-c", script],
    volumes: [
      { volumeName: store.name, containerPath: FOLDER },
      ...(restoreFrom === undefined ? [] : [{ hostPath: restoreFrom, containerPath: ARCHIVE, readOnly: true }]),
    ],
    healthcheck: {
      tests: ["CMD", "test", "-e", READY],
      interval: "5s",
      timeout: "5s",
      startPeriod: duration(WAIT_SECONDS),
      retries: 3,
    },
    waitTimeout: WAIT_SECONDS,
    graceSeconds: 30,
    dependsOn,
  });
}
