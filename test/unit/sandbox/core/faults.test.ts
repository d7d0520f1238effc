import { describe, expect, it } from "vitest";
import { FaultPlan } from "../../../../provider/sandbox/core/faults.ts";
import { talk } from "../talk.ts";

describe("a plan", () => {
  it("meets the nth matching request, or the first so many", () => {
    const plan = new FaultPlan();
    plan.add([
      { action: "drop-before", path: "me", nth: 2 },
      { action: "drop-after", method: "POST", path: "channels.*", times: 2 },
    ]);
    const me = () => plan.meet("GET", "/api/v1/me")?.action;
    expect([me(), me(), me()]).toEqual([undefined, "drop-before", undefined]);
    const channels = (method: string, call: string) => plan.meet(method, `/api/v1/channels.${call}`)?.action;
    expect(channels("GET", "list")).toBeUndefined();
    expect([channels("POST", "create"), channels("POST", "setTopic"), channels("POST", "create")]).toEqual([
      "drop-after",
      "drop-after",
      undefined,
    ]);
  });
});

describe("on the wire", () => {
  it("loses the answer of a call that took effect", async () => {
    const server = await talk();
    const admin = await server.login();
    await server.call("POST /_control/faults", [{ action: "drop-after", path: "users.create" }]);
    await expect(server.createUser(admin, "bob")).rejects.toThrow("fetch failed");
    expect((await server.call("GET users.info?username=bob", undefined, admin)).status).toBe(200);
  });

  it("drops a request before it takes effect", async () => {
    const server = await talk();
    const admin = await server.login();
    await server.call("POST /_control/faults", { action: "drop-before", path: "users.create" });
    await expect(server.createUser(admin, "bob")).rejects.toThrow("fetch failed");
    expect((await server.call("GET users.info?username=bob", undefined, admin)).status).toBe(400);
  });

  it("answers like a proxy, cuts JSON, holds back, and goes on normally afterwards", async () => {
    const server = await talk();
    await server.call("POST /_control/faults", [
      { action: "status", path: "/api/info", nth: 1, status: 502, body: "<html>no</html>" },
      { action: "truncate", path: "/api/info", nth: 2 },
      { action: "hold", path: "/api/info", nth: 3 },
      { action: "delay", path: "/api/info", nth: 4, ms: 1 },
    ]);
    const info = (signal?: AbortSignal) => fetch(`${server.sandbox.url}/api/info`, signal ? { signal } : {});
    const proxy = await info();
    expect([proxy.status, proxy.headers.get("content-type"), await proxy.text()]).toEqual([
      502,
      "text/html",
      "<html>no</html>",
    ]);
    const cut = await (await info()).text();
    expect(() => JSON.parse(cut)).toThrow(SyntaxError);
    await expect(info(AbortSignal.timeout(50))).rejects.toThrow("timeout");
    expect((await info()).status).toBe(200);
    expect((await info()).status).toBe(200);
  });

  it("says what is wrong with a fault, and isn't there unless asked for", async () => {
    const server = await talk();
    const { status, json } = await server.call("POST /_control/faults", { action: "explode", path: "me" });
    expect(status).toBe(400);
    expect(json.error).toContain("drop-before");
    const closed = await talk({ testControls: false });
    expect((await fetch(`${closed.sandbox.url}/_control/calls`)).status).toBe(404);
  });

  it("counts calls by route", async () => {
    const server = await talk();
    await server.call("GET /_control/calls?clear=1");
    await server.call("GET /api/info");
    await server.call("GET /api/info");
    await server.call("GET settings/Site_Name");
    expect((await server.call("GET /_control/calls")).json).toEqual({
      "GET /api/info": 2,
      "GET /api/v1/settings/:_id": 1,
    });
  });
});
