/** What every part of a random workspace needs: the server's API, decisions that a seed repeats, and what was made so far. */
import type { Version } from "../../../../provider/sandbox/index.ts";
import type { Chance } from "../../random/chance.ts";
import type { Json, Reader } from "../../reader.ts";
import { TEXTS } from "./texts.ts";

export interface Person {
  readonly id: string;
  readonly username: string;
}

export interface MadeRoom {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
}

export class Maker {
  readonly reader: Reader;
  readonly chance: Chance;
  readonly is8: boolean;
  /** How many objects of each section were made. */
  readonly made: Record<string, number> = {};
  /** Ids of roles that are held in the whole workspace. */
  readonly roles: string[] = [];
  readonly people: Person[] = [];
  readonly rooms: MadeRoom[] = [];

  constructor(reader: Reader, chance: Chance, version: Version) {
    this.reader = reader;
    this.chance = chance;
    this.is8 = version === "8.6.1";
  }

  post = (path: string, body: Json): Promise<Json> => this.reader.post(path, body);

  count(section: string): void {
    this.made[section] = (this.made[section] ?? 0) + 1;
  }

  /** Between `least` and `most` of them. */
  some<T>(items: readonly T[], least: number, most: number): T[] {
    return this.chance.shuffled(items).slice(0, least + this.chance.below(most - least + 1));
  }

  one<T>(items: readonly T[]): T {
    const item = this.chance.of(items);
    if (item === undefined) throw new Error("There is nothing to choose from.");
    return item;
  }

  flag = (): boolean => this.chance.is(0.4);

  /** Any text; `most`: cut to so many characters, none of them in halves. */
  text(most = Number.POSITIVE_INFINITY): string {
    return [...this.one(TEXTS)].slice(0, most).join("");
  }

  async setting(id: string, value: Json[string]): Promise<void> {
    await this.post(`settings/${id}`, { value });
    this.count("settings");
  }
}
