/**
 * List pages shared by all reads of a run, so that refreshing a thousand users costs ten calls and not a thousand.
 * A few single reads are cheaper than a long list: as long as fewer objects were asked for than the list has pages, `row`
 * answers "ask singly"; from then on the whole list is loaded once and answers everybody.
 */

/** One page of a list: rows, and how many there are in all. */
export interface Page<R> {
  readonly rows: readonly R[];
  readonly total: number;
}

/** Loads a page; `offset` and `count` in rows. */
export type PageLoader<R> = (offset: number, count: number) => Promise<Page<R>>;

/** Rows per call: the server's own upper limit (`API_Upper_Count_Limit`, default 100). */
const PAGE_SIZE = 100;

export class List<R> {
  private readonly load: PageLoader<R>;
  private readonly idOf: (row: R) => string;
  private first: Promise<Page<R>> | undefined;
  private all: Promise<Map<string, R>> | undefined;
  private readonly asked = new Set<string>();

  constructor(load: PageLoader<R>, idOf: (row: R) => string) {
    this.load = load;
    this.idOf = idOf;
  }

  /** The row; `null` when the complete list does not have it; `undefined` when the caller should ask singly. */
  async row(id: string): Promise<R | null | undefined> {
    this.asked.add(id);
    if (this.all === undefined) {
      this.first ??= this.load(0, PAGE_SIZE);
      const { rows, total } = await this.first;
      const hit = rows.find((row) => this.idOf(row) === id);
      if (hit !== undefined) return hit;
      if (this.asked.size < Math.ceil(total / PAGE_SIZE)) return undefined;
      this.all ??= this.loadAll(rows, total);
    }
    return (await this.all).get(id) ?? null;
  }

  /** All rows by id. */
  async rows(): Promise<Map<string, R>> {
    this.first ??= this.load(0, PAGE_SIZE);
    const { rows, total } = await this.first;
    this.all ??= this.loadAll(rows, total);
    return this.all;
  }

  /** A server may cap pages below what was asked: go on by what came. */
  private async loadAll(first: readonly R[], total: number): Promise<Map<string, R>> {
    const byId = new Map(first.map((row) => [this.idOf(row), row]));
    let offset = first.length;
    let known = total;
    while (offset < known) {
      const page = await this.load(offset, PAGE_SIZE);
      if (page.rows.length === 0) break;
      for (const row of page.rows) byId.set(this.idOf(row), row);
      offset += page.rows.length;
      known = page.total;
    }
    return byId;
  }
}

/** The lists of one connection, by name. */
export class Lists {
  private readonly lists = new Map<string, List<unknown>>();

  /** `name`: one per endpoint and account. The loader of the first call with a name is kept. */
  of<R>(name: string, load: PageLoader<R>, idOf: (row: R) => string): Pick<List<R>, "row" | "rows"> {
    let list = this.lists.get(name) as List<R> | undefined;
    if (list === undefined) {
      list = new List(load, idOf);
      this.lists.set(name, list as List<unknown>);
    }
    return list;
  }

  /** Forgets a list after a write, so that a later refresh in the same process reads anew. */
  forget(name: string): void {
    this.lists.delete(name);
  }
}
