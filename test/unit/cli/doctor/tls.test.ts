import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkTls } from "../../../../provider/cli/doctor/tls.ts";

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, "../../client/fixtures", name));

test("refuses a certificate that nobody vouches for, before any credentials travel", async () => {
  const server = createServer({ key: fixture("self-signed.key.pem"), cert: fixture("self-signed.cert.pem") });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const check = await checkTls(`https://127.0.0.1:${port}`);
  expect(check).toMatchObject({ verdict: "failed" });
  expect(check.fix).toContain("NODE_EXTRA_CA_CERTS");
});

test("warns of plain http, except on this machine", async () => {
  expect(await checkTls("http://chat.example.test")).toMatchObject({ verdict: "warning" });
  expect(await checkTls("http://127.0.0.1:3000")).toMatchObject({ verdict: "ok" });
});
