/** A sandbox for one test and a way to talk to it; everything is stopped when the test ends, also when it fails. */
import { onTestFinished } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../provider/sandbox/index.ts";

export interface Answer {
  status: number;
  headers: Headers;
  // the tests say what they expect of it
  json: Record<string, unknown>;
}

export interface Credentials {
  userId: string;
  authToken: string;
}

export class Talk {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  async call(request: string, body?: unknown, as?: Credentials, headers: Record<string, string> = {}): Promise<Answer> {
    const [method = "GET", path = ""] = request.split(" ");
    const response = await fetch(this.sandbox.url + (path.startsWith("/") ? path : `/api/v1/${path}`), {
      method,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(as && { "x-user-id": as.userId, "x-auth-token": as.authToken }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : {} };
  }

  async login(user = "admin", password = "supersecret"): Promise<Credentials> {
    const { status, json } = await this.call("POST login", { user, password });
    if (status !== 200) throw new Error(`login as ${user} answered ${status}`);
    return json.data as Credentials;
  }

  async createUser(as: Credentials, username: string, more: object = {}): Promise<string> {
    const body = { username, name: username, email: `${username}@example.test`, password: `pw-${username}`, ...more };
    const { status, json } = await this.call("POST users.create", body, as);
    if (status !== 200) throw new Error(`users.create answered ${status}: ${JSON.stringify(json)}`);
    return (json.user as { _id: string })._id;
  }
}

export async function talk(options: SandboxOptions = {}): Promise<Talk> {
  const sandbox = await startSandbox({ testControls: true, ...options });
  onTestFinished(() => sandbox.close());
  return new Talk(sandbox);
}
