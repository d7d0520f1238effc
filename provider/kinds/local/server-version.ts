/**
 * Keeps which versions of a server were installed last, so that a step that can't be done is refused before anything is
 * touched: in check, which preview runs too. Knows no Docker.
 */
import { isUnknown } from "../../engine/schema.ts";
import type { LocalHandler, Properties } from "./contract.ts";
import { refuseMongoStep, refusePair, refuseStep, refuseVersion } from "./versions.ts";

const textOf = (values: Properties, key: string): string | undefined => {
  const value = values[key];
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
};

/** What the data is tied to; a change would leave it behind, or the server outside of it. */
const FIXED = {
  mongoAuth: "mongo.auth: can't be changed after the first start: the log-in is made together with the database",
  mongoData: "mongo.data: can't be changed after the first start: the server would begin with other data, or none",
  namePrefix:
    "namePrefix: can't be changed after the first start: the volumes would be removed under the old name, and the data with them",
} as const;
const MOVE = "Set it back; or make a backup, and a new server with `restoreFrom`.";

export const serverVersionHandler: LocalHandler = {
  kind: "ServerVersion",
  inputs: ["version", "mongoVersion", "upgradeFrom", "mongoAuth", "mongoData", "namePrefix"],
  secret: [],
  outputs: [],
  check(olds, news) {
    const [version, mongoVersion] = [textOf(news, "version"), textOf(news, "mongoVersion")];
    // What a person says of the data counts more than what was recorded; it holds until that changes once more.
    const said = textOf(news, "upgradeFrom");
    const isNew = said !== undefined && said !== textOf(olds, "upgradeFrom");
    const from = isNew || olds.version === undefined ? said : textOf(olds, "version");
    const wrong =
      version === undefined
        ? []
        : [refuseVersion(version), mongoVersion === undefined ? undefined : refusePair(version, mongoVersion)];
    const steps = [
      from === undefined || version === undefined ? undefined : refuseStep(from, version),
      isNew || textOf(olds, "mongoVersion") === undefined || mongoVersion === undefined
        ? undefined
        : refuseMongoStep(textOf(olds, "mongoVersion") ?? "", mongoVersion),
    ];
    const moved = (Object.keys(FIXED) as (keyof typeof FIXED)[]).map((key) =>
      olds[key] === undefined || olds[key] === news[key] ? undefined : `${FIXED[key]}. ${MOVE}`,
    );
    return [...wrong, ...steps, ...moved].filter((reason) => reason !== undefined);
  },
  compute: () => ({}),
};
