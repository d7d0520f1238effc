// The review's one comment on a pull request (GitHub) or merge request (GitLab).
//   node comment.mjs post       writes review.md into it: a new comment the first time, the same one from then on
//   node comment.mjs checksum   prints the checksum that it held when the commit was merged
// Takes what the CI sets by itself, and a token: GITHUB_TOKEN, or GITLAB_TOKEN with the scope "api".
import { readFileSync } from "node:fs";

const MARK = /^<!-- workspace review ([0-9a-f]{16}|none) -->/;
const { env } = process;

async function call(method, url, headers, body) {
  const answer = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) {
    throw new Error(
      `${method} ${new URL(url).pathname} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`,
    );
  }
  return answer.json();
}

/** Comments of all pages, oldest first. */
async function all(read) {
  const found = [];
  for (let page = 1; ; page++) {
    const rows = await read(page);
    found.push(...rows);
    if (rows.length < 100) return found;
  }
}

function github() {
  const api = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}`;
  const headers = { authorization: `Bearer ${env.GITHUB_TOKEN}`, accept: "application/vnd.github+json" };
  return {
    number: env.PULL_REQUEST,
    async merged() {
      const found = await call("GET", `${api}/commits/${env.GITHUB_SHA}/pulls`, headers);
      return found.find((pull) => pull.merged_at && pull.merge_commit_sha === env.GITHUB_SHA)?.number;
    },
    comments: (number) =>
      all((page) => call("GET", `${api}/issues/${number}/comments?per_page=100&page=${page}`, headers)),
    // Anybody may write the mark; only the workflow's own comment counts.
    isOwn: async (comment) => comment.user.login === "github-actions[bot]",
    update: (_number, id, body) => call("PATCH", `${api}/issues/comments/${id}`, headers, { body }),
    create: (number, body) => call("POST", `${api}/issues/${number}/comments`, headers, { body }),
  };
}

function gitlab() {
  const api = `${env.CI_API_V4_URL}/projects/${env.CI_PROJECT_ID}`;
  const headers = { "private-token": env.GITLAB_TOKEN };
  const notes = (number) => `${api}/merge_requests/${number}/notes`;
  let self;
  return {
    number: env.CI_MERGE_REQUEST_IID,
    async merged() {
      const found = await call("GET", `${api}/repository/commits/${env.CI_COMMIT_SHA}/merge_requests`, headers);
      // With fast-forward merges the last commit is the merge request's own, or the squashed one.
      const last = (one) => one.merge_commit_sha ?? one.squash_commit_sha ?? one.sha;
      return found.find((one) => one.state === "merged" && last(one) === env.CI_COMMIT_SHA)?.iid;
    },
    comments: (number) => all((page) => call("GET", `${notes(number)}?sort=asc&per_page=100&page=${page}`, headers)),
    async isOwn(note) {
      self ??= await call("GET", `${env.CI_API_V4_URL}/user`, headers);
      return note.author.id === self.id;
    },
    update: (number, id, body) => call("PUT", `${notes(number)}/${id}`, headers, { body }),
    create: (number, body) => call("POST", notes(number), headers, { body }),
  };
}

async function ownComment(forge, number) {
  for (const comment of (await forge.comments(number)).reverse()) {
    if (MARK.test(comment.body) && (await forge.isOwn(comment))) return comment;
  }
  return undefined;
}

const forge = env.GITHUB_ACTIONS ? github() : gitlab();
if (process.argv[2] === "post") {
  const body = readFileSync("review.md", "utf8");
  const before = await ownComment(forge, forge.number);
  if (before) await forge.update(forge.number, before.id, body);
  else await forge.create(forge.number, body);
} else if (process.argv[2] === "checksum") {
  const number = await forge.merged();
  const comment = number === undefined ? undefined : await ownComment(forge, number);
  if (comment === undefined) throw new Error("This commit came without a reviewed pull request: nothing is applied.");
  const [, checksum] = MARK.exec(comment.body);
  if (checksum === "none")
    throw new Error("The review of this commit found mistakes in the document: nothing is applied.");
  console.log(checksum);
} else throw new Error("post or checksum?");
