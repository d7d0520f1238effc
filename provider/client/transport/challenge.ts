/**
 * Answers what the server asks back: a second factor, or a new log-in when the token has expired. Above the rate limit,
 * because the server counts the repeated call like any other. Nothing was done yet when it asks, so every call may be repeated.
 */
import { codeOf } from "../failures/server-words.ts";
import { type Account, type Answer, type Call, routeOf, type Send, type Wrapper } from "./call.ts";

/** Routes that have asked before are answered at once: some ask every time, and what the server remembers runs out. */
type Asked = WeakMap<Account, Map<string, string>>;

export function withChallenge(): Wrapper {
  const asked: Asked = new WeakMap();
  return (next) => async (call) => {
    const { account } = call;
    if (account === undefined) return next(call);
    const answer = await answerSecondFactor(asked, account, next, call);
    if (answer.status !== 401 || codeOf(answer.content) === "error-unauthorized") return answer;
    const { token } = call.trace;
    if (token === undefined || !(await account.renew(token))) return answer;
    return answerSecondFactor(asked, account, next, call);
  };
}

async function answerSecondFactor(asked: Asked, account: Account, next: Send, call: Call): Promise<Answer> {
  const route = routeOf(call);
  const methods = asked.get(account) ?? new Map<string, string>();
  asked.set(account, methods);

  const expected = methods.get(route);
  const inAdvance = expected === undefined ? undefined : account.secondFactor(expected);
  const answer = await next(inAdvance ? withHeaders(call, inAdvance) : call);

  const method = challengeOf(answer);
  if (method === undefined) return answer;
  // A code that was sent and refused is not sent again.
  if (inAdvance !== undefined && method === expected) return answer;
  const headers = account.secondFactor(method);
  if (headers === undefined) return answer;
  methods.set(route, method);
  return next(withHeaders(call, headers));
}

const withHeaders = (call: Call, headers: Readonly<Record<string, string>>): Call => ({
  ...call,
  headers: { ...call.headers, ...headers },
});

/** The method that the server asks for, or undefined when it does not ask. */
function challengeOf(answer: Answer): string | undefined {
  if (answer.status !== 400 || answer.content.kind !== "json") return undefined;
  const code = codeOf(answer.content);
  if (code !== "totp-required" && code !== "totp-invalid") return undefined;
  const { details } = answer.content.value as { details?: { method?: unknown } };
  return typeof details?.method === "string" ? details.method : undefined;
}
