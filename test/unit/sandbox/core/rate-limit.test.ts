import { describe, expect, it } from "vitest";
import { RateLimiter } from "../../../../provider/sandbox/core/rate-limit.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { talk } from "../talk.ts";

describe("the window", () => {
  const rule = { calls: 2, ms: 1000 };

  it("counts per key, refuses what is over, and opens again when it ends", () => {
    const limiter = new RateLimiter();
    expect(limiter.take("a", rule, 0)).toMatchObject({ allowed: true, remaining: 1, reset: 1000 });
    expect(limiter.take("a", rule, 10)).toMatchObject({ allowed: true, remaining: 0, reset: 1000 });
    expect(limiter.take("a", rule, 999)).toMatchObject({ allowed: false, remaining: 0, reset: 1000 });
    expect(limiter.take("b", rule, 999)).toMatchObject({ allowed: true, remaining: 1 });
    expect(limiter.take("a", rule, 1000)).toMatchObject({ allowed: true, remaining: 1, reset: 2000 });
  });
});

describe("on the wire", () => {
  it("limits plain users, tells when to come back, and leaves admins alone", async () => {
    const server = await talk();
    const admin = await server.login();
    await server.createUser(admin, "bob");
    const bob = await server.login("bob", "pw-bob");
    await server.call("POST /_control/rate-limit", { calls: 1, seconds: 60 });
    const first = await server.call("GET me", undefined, bob);
    expect(first.status).toBe(200);
    expect(first.headers.get("x-ratelimit-remaining")).toBe("0");
    const second = await server.call("GET me", undefined, bob);
    expect(second.status).toBe(429);
    expect(second.json.error).toMatch(/You must wait \d+ seconds .*\[error-too-many-requests\]$/);
    expect(Number(second.headers.get("x-ratelimit-reset"))).toBeGreaterThan(Date.now());
    const other = await server.call("GET users.getPreferences", undefined, bob);
    expect(other.status).toBe(200);
    const exempt = await server.call("GET me", undefined, admin);
    expect(exempt.headers.get("x-ratelimit-limit")).toBeNull();
    await server.call("POST /_control/advance-clock", { seconds: 61, rateLimits: true });
    expect((await server.call("GET me", undefined, bob)).status).toBe(200);
  });

  it.each(VERSIONS)("%s: a rejected body is counted on 7.7.1 only", async (version) => {
    const server = await talk({ version });
    const admin = await server.login();
    await server.createUser(admin, "bob");
    const bob = await server.login("bob", "pw-bob");
    await server.call("POST users.create", {}, bob);
    const { headers } = await server.call("POST users.create", { nonsense: 1 }, bob);
    expect(headers.get("x-ratelimit-remaining")).toBe(version === "7.7.1" ? "8" : null);
  });
});
