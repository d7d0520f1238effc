import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { talk } from "../talk.ts";

const code = createHash("sha256").update("supersecret").digest("hex");
const factor = { "x-2fa-code": code, "x-2fa-method": "password" };
const rename = { value: "Name" };

/** A server whose accounts are past their first half hour. */
async function grownUp() {
  const server = await talk();
  const admin = await server.login();
  await server.call("POST /_control/advance-clock", { seconds: 1801 });
  return { server, admin };
}

describe("the password factor", () => {
  it("isn't asked of a young account", async () => {
    const server = await talk();
    const admin = await server.login();
    expect((await server.call("POST settings/Site_Name", rename, admin)).status).toBe(200);
  });

  it("is asked later, passes with the hash of the password, and is remembered for that login and client", async () => {
    const { server, admin } = await grownUp();
    const asked = await server.call("POST settings/Site_Name", rename, admin);
    expect(asked).toMatchObject({ status: 400, json: { errorType: "totp-required", details: { method: "password" } } });
    const plain = await server.call("POST settings/Site_Name", rename, admin, {
      ...factor,
      "x-2fa-code": "supersecret",
    });
    expect(plain.json.errorType).toBe("totp-invalid");
    expect((await server.call("POST settings/Site_Name", rename, admin, factor)).status).toBe(200);
    expect((await server.call("POST settings/Site_Name", rename, admin)).status).toBe(200);
    const elsewhere = await server.call("POST settings/Site_Name", rename, admin, { "user-agent": "another" });
    expect(elsewhere.json.errorType).toBe("totp-required");
    const again = await server.login();
    expect((await server.call("POST settings/Site_Name", rename, again)).json.errorType).toBe("totp-required");
  });

  it("is forgotten when its time is over", async () => {
    const { server, admin } = await grownUp();
    await server.call("POST settings/Site_Name", rename, admin, factor);
    await server.call("POST /_control/advance-clock", { seconds: 1801 });
    expect((await server.call("POST settings/Site_Name", rename, admin)).json.errorType).toBe("totp-required");
  });

  it("is never remembered for the bulk call", async () => {
    const { server, admin } = await grownUp();
    const bulk = { settings: [{ _id: "Site_Name", value: "x" }] };
    expect((await server.call("POST settings", bulk, admin, factor)).status).toBe(200);
    expect((await server.call("POST settings", bulk, admin)).json.errorType).toBe("totp-required");
  });

  it("isn't asked of a token that may bypass it", async () => {
    const { server, admin } = await grownUp();
    const body = { tokenName: "ci", bypassTwoFactor: true };
    const { json } = await server.call("POST users.generatePersonalAccessToken", body, admin, factor);
    const token = { userId: admin.userId, authToken: json.token as string };
    expect((await server.call("POST settings/Site_Name", rename, token)).status).toBe(200);
  });
});
