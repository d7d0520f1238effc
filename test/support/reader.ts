/** Looks at a Rocket.Chat server from outside: plain calls and what a workspace holds. Shares no code with the provider. */
import { createHash } from "node:crypto";

interface Login {
  readonly userId: string;
  readonly authToken: string;
  readonly password: string;
}

export type Json = Record<string, unknown>;

export interface Account {
  readonly _id: string;
  readonly username: string;
  readonly name: string;
  readonly active: boolean;
  readonly roles: string[];
}

export interface Room extends Json {
  readonly _id: string;
  readonly name: string;
  readonly t: "c" | "p";
  readonly archived?: boolean;
  readonly topic?: string;
}

export interface Integration extends Json {
  readonly _id: string;
  readonly name: string;
  readonly type: string;
}

const rowsOf = <T>(answer: Json, key: string): T[] => (answer[key] as T[] | undefined) ?? [];

export class Reader {
  readonly url: string;
  private readonly login: Login;

  private constructor(url: string, login: Login) {
    this.url = url;
    this.login = login;
  }

  static async connect(url: string, username: string, password: string): Promise<Reader> {
    const answer = await fetch(`${url}/api/v1/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user: username, password }),
    });
    const { data } = (await answer.json()) as { data?: Omit<Login, "password"> };
    if (data === undefined) throw new Error(`The test can't log in as ${username}: HTTP ${answer.status}`);
    return new Reader(url, { ...data, password });
  }

  /** For whoever is to use the same log-in. */
  get session(): { readonly userId: string; readonly authToken: string } {
    return this.login;
  }

  /** A call as this account; throws unless the server says success. */
  async call(method: "GET" | "POST" | "PUT", path: string, body?: Json): Promise<Json> {
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        "x-user-id": this.login.userId,
        "x-auth-token": this.login.authToken,
        // Some calls ask for a second factor; the password is one.
        "x-2fa-method": "password",
        "x-2fa-code": createHash("sha256").update(this.login.password).digest("hex"),
        "content-type": "application/json",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json = (await answer.json()) as Json;
    if (json.success !== true) throw new Error(`${method} ${path}: HTTP ${answer.status} ${JSON.stringify(json)}`);
    return json;
  }

  /** Posts a form with a file; throws unless the server says success. */
  async form(path: string, body: FormData): Promise<Json> {
    const { userId, authToken } = this.login;
    const headers = { "x-user-id": userId, "x-auth-token": authToken };
    const answer = await fetch(`${this.url}/api/v1/${path}`, { method: "POST", headers, body });
    const json = (await answer.json()) as Json;
    if (json.success !== true) throw new Error(`POST ${path}: HTTP ${answer.status} ${JSON.stringify(json)}`);
    return json;
  }

  get = (path: string): Promise<Json> => this.call("GET", path);
  post = (path: string, body: Json): Promise<Json> => this.call("POST", path, body);

  users = async (): Promise<Account[]> => rowsOf(await this.get("users.list?count=0"), "users");

  async rooms(): Promise<Room[]> {
    const [open, closed] = await Promise.all([this.get("channels.list?count=0"), this.get("groups.listAll?count=0")]);
    return [...rowsOf<Room>(open, "channels"), ...rowsOf<Room>(closed, "groups")];
  }

  integrations = async (): Promise<Integration[]> =>
    rowsOf(await this.get("integrations.list?count=0"), "integrations");

  /** Names of this account's personal access tokens. */
  async tokens(): Promise<string[]> {
    const { tokens } = (await this.get("users.getPersonalAccessTokens")) as { tokens: { name: string }[] };
    return tokens.map(({ name }) => name);
  }

  async user(username: string): Promise<Account & Json> {
    return (await this.get(`users.info?username=${encodeURIComponent(username)}`)).user as Account & Json;
  }

  /** A room by its present name, private ones included. */
  async room(name: string): Promise<Room> {
    const found = (await this.rooms()).find((room) => room.name === name);
    if (found === undefined) throw new Error(`There is no room ${name}.`);
    return (await this.get(`rooms.info?roomId=${found._id}`)).room as Room;
  }

  /** Usernames of a room's members, sorted. */
  async members(name: string): Promise<string[]> {
    const { _id, t } = await this.room(name);
    const answer = await this.get(`${t === "c" ? "channels" : "groups"}.members?roomId=${_id}&count=0`);
    return rowsOf<{ username: string }>(answer, "members")
      .map(({ username }) => username)
      .sort();
  }

  setting = async (id: string): Promise<unknown> => (await this.get(`settings/${id}`)).value;

  /** True when the pair of user id and token is accepted. */
  async accepts(userId: string, authToken: string): Promise<boolean> {
    const answer = await fetch(`${this.url}/api/v1/me`, {
      headers: { "x-user-id": userId, "x-auth-token": authToken },
    });
    return answer.ok;
  }
}
