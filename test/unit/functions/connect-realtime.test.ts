import { expect, it, vi } from "vitest";
import { ConfigurationError } from "../../../provider/errors.ts";
import { connectRealtime } from "../../../provider/functions/connect-realtime.ts";
import { talk } from "../sandbox/talk.ts";

it("takes address and credentials as a pair, or both from the environment", async () => {
  const { sandbox } = await talk();
  await expect(connectRealtime({ url: sandbox.url })).rejects.toThrow(ConfigurationError);
  await expect(connectRealtime({ url: sandbox.url })).rejects.toThrow("credentials is missing");
  await expect(connectRealtime({ credentials: { username: "a", password: "b" } })).rejects.toThrow("url is missing");
  vi.stubEnv("ROCKETCHAT_URL", sandbox.url);
  vi.stubEnv("ROCKETCHAT_USERNAME", "admin");
  vi.stubEnv("ROCKETCHAT_PASSWORD", "supersecret");
  try {
    const realtime = await connectRealtime();
    expect(realtime.username).toBe("admin");
    await realtime.close();
  } finally {
    vi.unstubAllEnvs();
  }
});
