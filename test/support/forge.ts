/** The few calls of GitHub and GitLab that a review's comment takes, over HTTP and one list of comments. Anything else is a 404. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
  readonly author: { readonly id: number };
}

const TOKEN = "forge-token";
const NUMBER = 4;

/** Names of one API for the same things. */
interface Api {
  readonly comments: string;
  readonly comment: RegExp;
  readonly update: string;
  readonly merged: string;
  readonly isAllowed: (headers: IncomingMessage["headers"]) => boolean;
}

const github: Api = {
  comments: `/repos/acme/chat/issues/${NUMBER}/comments`,
  comment: /^\/repos\/acme\/chat\/issues\/comments\/(\d+)$/,
  update: "PATCH",
  merged: "/repos/acme/chat/commits/abc/pulls",
  isAllowed: ({ authorization }) => authorization === `Bearer ${TOKEN}`,
};

const gitlab: Api = {
  comments: `/projects/1/merge_requests/${NUMBER}/notes`,
  comment: /^\/projects\/1\/merge_requests\/4\/notes\/(\d+)$/,
  update: "PUT",
  merged: "/projects/1/repository/commits/abc/merge_requests",
  isAllowed: (headers) => headers["private-token"] === TOKEN,
};

/** Another one that holds the commit comes first: only the merged one counts. */
const merged = [
  { number: 3, iid: 3, state: "opened", merged_at: null, merge_commit_sha: "abc" },
  { number: NUMBER, iid: NUMBER, state: "merged", merged_at: "2026-11-23T08:00:00Z", merge_commit_sha: "abc" },
];

export class Forge {
  readonly comments: Comment[] = [];
  /** Whether the commit came with a merged pull request. */
  isMerged = true;
  private readonly server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = this.answer(request, Buffer.concat(chunks).toString());
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { message: "Not Found" }));
  });

  static async start(): Promise<Forge> {
    const forge = new Forge();
    await new Promise<void>((done) => forge.server.listen(0, "127.0.0.1", done));
    return forge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What each forge sets by itself in a job, and the token that the recipe names. */
  get environment() {
    return {
      github: {
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: this.url,
        GITHUB_REPOSITORY: "acme/chat",
        GITHUB_SHA: "abc",
      },
      gitlab: {
        CI_API_V4_URL: this.url,
        CI_PROJECT_ID: "1",
        CI_COMMIT_SHA: "abc",
        CI_MERGE_REQUEST_IID: String(NUMBER),
      },
    };
  }

  /** Somebody writes a comment by hand. */
  write(body: string): void {
    this.comments.push({ id: 1, body, user: { login: "mallory" }, author: { id: 8 } });
  }

  close(): Promise<void> {
    return new Promise((done) => void this.server.close(() => done()));
  }

  private answer({ method, url = "", headers }: IncomingMessage, text: string): unknown {
    const { pathname } = new URL(url, this.url);
    const api = [github, gitlab].find(({ isAllowed }) => isAllowed(headers));
    if (api === undefined) return undefined;
    if (method === "GET") {
      if (api === gitlab && pathname === "/user") return { id: 7 };
      if (pathname === api.merged) return this.isMerged ? merged : merged.slice(0, 1);
      return pathname === api.comments ? this.comments : undefined;
    }
    const { body } = JSON.parse(text) as { body: string };
    if (method === "POST" && pathname === api.comments) {
      const own = { user: { login: "github-actions[bot]" }, author: { id: 7 } };
      this.comments.push({ id: 100 + this.comments.length, body, ...own });
      return this.comments.at(-1);
    }
    const comment = this.comments.find(({ id }) => String(id) === api.comment.exec(pathname)?.[1]);
    if (method !== api.update || comment === undefined) return undefined;
    comment.body = body;
    return comment;
  }
}
