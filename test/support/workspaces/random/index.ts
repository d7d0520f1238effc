/** Fills a server with a random workspace through its own API: every kind, awkward names, a big room. A seed repeats it. */
import type { Version } from "../../../../provider/sandbox/index.ts";
import { Chance } from "../../random/chance.ts";
import type { Reader } from "../../reader.ts";
import { makeApplications, makeWebhooks } from "./integrations.ts";
import { makeLooks } from "./looks.ts";
import { Maker } from "./maker.ts";
import { makeCrowd, makePeople } from "./people.ts";
import { makeInvites, makeRooms, makeTeams } from "./rooms.ts";
import { makeRoles, makeRules, makeSettings, makeSignIn } from "./settings.ts";
import { makeLeftBehind, makeTalk } from "./talk.ts";

export interface RandomOptions {
  readonly seed: number;
  readonly version: Version;
  /** Members of one room. */
  readonly crowd: number;
}

/** How many objects of each section were made. */
export async function fill(
  reader: Reader,
  { seed, version, crowd }: RandomOptions,
): Promise<Readonly<Record<string, number>>> {
  const maker = new Maker(reader, new Chance(seed), version);
  await makeRules(maker);
  await makeSettings(maker);
  await makeRoles(maker);
  await makeSignIn(maker);
  await makePeople(maker);
  await makeRooms(maker, await makeCrowd(maker, crowd));
  await makeTeams(maker);
  await makeWebhooks(maker);
  await makeApplications(maker);
  await makeLooks(maker);
  await makeInvites(maker);
  await makeTalk(maker);
  await makeLeftBehind(maker);
  return maker.made;
}
