/** Finds thousands of texts in another one and puts a mask in their place. Knows nothing of what they are. */

/** Shorter ones would blot out half of a text, and give nothing away. */
export const SHORTEST = 3;

export class HiddenTexts {
  readonly #mask: string;
  /** By their first characters, then by length: thousands of passwords may begin alike. */
  readonly #texts = new Map<string, Map<number, Set<string>>>();

  constructor(mask: string) {
    this.#mask = mask;
  }

  /** One of fewer than three characters is left alone. */
  add(text: string): void {
    if (text.length < SHORTEST) return;
    const lengths = at(this.#texts, text.slice(0, SHORTEST), () => new Map<number, Set<string>>());
    at(lengths, text.length, () => new Set<string>()).add(text);
  }

  /** The longest of several that begin at one place goes as a whole. */
  mask(text: string): string {
    if (this.#texts.size === 0) return text;
    let clean = "";
    let from = 0;
    for (let index = 0; index <= text.length - SHORTEST; index++) {
      const length = this.#lengthAt(text, index);
      if (length === 0) continue;
      clean += text.slice(from, index) + this.#mask;
      from = index + length;
      index = from - 1;
    }
    return from === 0 ? text : clean + text.slice(from);
  }

  /** Length of the longest one that begins there; 0: none. */
  #lengthAt(text: string, from: number): number {
    const lengths = this.#texts.get(text.slice(from, from + SHORTEST));
    if (lengths === undefined) return 0;
    const found = [...lengths].filter(([length, set]) => set.has(text.slice(from, from + length)));
    return Math.max(0, ...found.map(([length]) => length));
  }
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
