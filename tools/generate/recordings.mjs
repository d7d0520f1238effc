// Reads recorded answers of real servers. Knows where the recordings are, not what is made of them.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

// The folder tools/conformance.mjs uses. Not imported from test/conformance/replay.ts: that loads the sandbox,
// and with it the very files that are generated here.
export const conformanceDir =
  process.env.CONFORMANCE_DIR ?? fileURLToPath(new URL("../../../shared/conformance", import.meta.url));

export const haveRecordings = () => existsSync(path.join(conformanceDir, "scenarios"));

/** One recorded scenario: `{ baseUrl, actors, dynamic, exchanges }`. */
export function recording(version, topic) {
  const file = path.join(conformanceDir, "scenarios", version, `${topic}.json`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`cannot read the recording ${file}: ${error.message}`);
  }
}

/** The exchanges that GET `route`, in the order of the recording. */
export const answersOf = (scenario, route) =>
  scenario.exchanges.filter(({ request }) => request?.method === "GET" && request.path === route);

/** Rows of one list, page after page. Throws unless they are as many as the server said there are. */
export function allRows(exchanges, member) {
  const rows = exchanges.flatMap(({ response }) => response.json[member]);
  const total = exchanges[0]?.response.json.total;
  if (total === undefined || rows.length !== total)
    throw new Error(`the recorded ${member} are not complete: ${rows.length} of ${total ?? "an unknown number"}`);
  return rows;
}
