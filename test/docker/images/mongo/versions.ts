/** Which release may open which data: its own form, or that of the release before. */
import type { Command } from "./command.ts";
import { Failure } from "./failure.ts";
import type { Storage } from "./storage.ts";

const ORDER = ["5.0", "6.0", "7.0", "8.0", "8.2"];
const COLLECTION = "admin.system.version";
const ID = "featureCompatibilityVersion";

const lineOf = (version: string) => version.split(".").slice(0, 2).join(".");

/** The form of the data; new data gets that of the release. Throws where this release can't read it. */
export function featureVersion(storage: Storage, version: string): string {
  const own = lineOf(version);
  const found = storage.get(COLLECTION, ID)?.version;
  if (found === undefined) {
    storage.put(COLLECTION, { _id: ID, version: own });
    return own;
  }
  const step = ORDER.indexOf(own) - ORDER.indexOf(String(found));
  if (step === 0 || step === 1) return String(found);
  throw new Error(`the data has ${ID} ${found}, which MongoDB ${version} can't open`);
}

export const setFeatureCompatibilityVersion: Command = ({ server, body }) => {
  const wanted = String(body.setFeatureCompatibilityVersion);
  const step = ORDER.indexOf(lineOf(server.version)) - ORDER.indexOf(wanted);
  if (step !== 0 && step !== 1) throw new Failure("BadValue", `${ID} can't be ${wanted} on MongoDB ${server.version}`);
  if (body.confirm !== true && ORDER.indexOf(lineOf(server.version)) >= ORDER.indexOf("7.0"))
    throw new Failure("BadValue", `setting ${ID} needs confirm: true`);
  server.storage.put(COLLECTION, { _id: ID, version: wanted });
  return { ok: 1 };
};
