/** Which releases of Rocket.Chat and MongoDB go together, and from which to which one can go. The one table; no behaviour beside it. */

/** Newest release of 8.x that this package was tried with. */
export const DEFAULT_VERSION = "8.6.1";

/** From this Rocket.Chat release on, until the next line. The first MongoDB release is the one to take when none is asked for. */
const PAIRS = [
  { from: "6.0", mongo: ["6.0", "5.0"] },
  { from: "7.0", mongo: ["7.0", "6.0", "5.0"] },
  // So that the database can be brought to 8.0 before Rocket.Chat is.
  { from: "7.13", mongo: ["7.0", "8.0", "6.0", "5.0"] },
  { from: "8.0", mongo: ["8.0", "8.2"] },
] as const;

const NEWEST_MAJOR = 8;

/** Data files go from one of these to the next only. */
const MONGO_ORDER = ["5.0", "6.0", "7.0", "8.0", "8.2"];

const RELEASE = /^(\d+)\.(\d+)\.(\d+)(-[\w.]+)?$/;
const MONGO_RELEASE = /^(\d+\.\d+)(\.\d+)?(-[\w.]+)?$/;

interface Release {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly preRelease: string;
}

function parse(version: string): Release | undefined {
  const match = RELEASE.exec(version);
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]), preRelease: match[4] ?? "" };
}

const mongoLine = (version: string): string | undefined => MONGO_RELEASE.exec(version)?.[1];

function pairOf(version: string) {
  const release = parse(version);
  if (release === undefined || release.major > NEWEST_MAJOR) return undefined;
  return PAIRS.findLast(({ from }) => {
    const [major = 0, minor = 0] = from.split(".").map(Number);
    return release.major > major || (release.major === major && release.minor >= minor);
  });
}

/** The MongoDB release for a Rocket.Chat release; undefined when that is not one that is known. */
export const mongoFor = (version: string): string | undefined => pairOf(version)?.mongo[0];

/** Why a Rocket.Chat version can't be used, or undefined. */
export function refuseVersion(version: string): string | undefined {
  if (parse(version) === undefined) {
    return `version: must be a whole release like "${DEFAULT_VERSION}", but is "${version}": what runs must not change by itself, and has to be known before an upgrade`;
  }
  if (pairOf(version) === undefined) {
    return `version: Rocket.Chat ${version} is not known to this package, only 6.x to ${NEWEST_MAJOR}.x; for newer ones update pulumi-rocketchat`;
  }
  return undefined;
}

/** Why a MongoDB version can't be used with it, or undefined. */
export function refusePair(version: string, mongo: string): string | undefined {
  const line = mongoLine(mongo);
  const lines: readonly string[] = pairOf(version)?.mongo ?? MONGO_ORDER;
  const allowed = [...lines].sort().join(", ");
  if (line === undefined) {
    return `mongo.version: must be a release like "${lines[0]}" or "${lines[0]}.4", but is "${mongo}"`;
  }
  if (lines.includes(line)) return undefined;
  return `mongo.version: Rocket.Chat ${version} does not run on MongoDB ${mongo}; allowed: ${allowed}`;
}

/** A release candidate comes before its release: an empty suffix is the latest. */
function comparePreRelease(a: string, b: string): number {
  if (a === b) return 0;
  if (a === "" || b === "") return a === "" ? 1 : -1;
  return a.localeCompare(b, "en", { numeric: true });
}

const compare = (a: Release, b: Release): number =>
  a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePreRelease(a.preRelease, b.preRelease);

const BACK = "Restore a backup into a new server to go back; if that has been done, say so by `upgradeFrom`.";

/** Why Rocket.Chat can't go from one release to another, or undefined. */
export function refuseStep(from: string, to: string): string | undefined {
  const [old, next] = [parse(from), parse(to)];
  if (old === undefined || next === undefined) return undefined;
  if (compare(next, old) < 0) {
    return `version: Rocket.Chat ${from} can't be taken back to ${to}: the database has been brought to the form of the newer one. ${BACK}`;
  }
  if (next.major > old.major + 1) {
    return `version: Rocket.Chat can't go from ${from} to ${to} at once: no major may be skipped. Go to the newest ${old.major + 1}.x first, let it start, then on.`;
  }
  return undefined;
}

/** Why MongoDB can't go from one release to another, or undefined. */
export function refuseMongoStep(from: string, to: string): string | undefined {
  const [old, next] = [mongoLine(from), mongoLine(to)].map((line) => MONGO_ORDER.indexOf(line ?? ""));
  if (old === undefined || next === undefined || old < 0 || next < 0) return undefined;
  if (next < old)
    return `mongo.version: MongoDB ${from} can't be taken back to ${to}: it would not read the data. ${BACK}`;
  if (next > old + 1) {
    return `mongo.version: MongoDB can't go from ${from} to ${to} at once. Go to ${MONGO_ORDER[old + 1]} first, raise its featureCompatibilityVersion, then on.`;
  }
  return undefined;
}
