import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { fromFailure } from "../../../../provider/client/failures/from-failure.ts";
import { Report } from "../../../../provider/client/failures/report.ts";
import { Redactor } from "../../../../provider/client/redactor.ts";
import { toFailure } from "../../../../provider/client/transport/failure.ts";
import { NetworkError } from "../../../../provider/errors.ts";
import { connect, create, errorOf, operation, startServer } from "../local-server.ts";

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");
const tls = { key: fixture("self-signed.key.pem"), cert: fixture("self-signed.cert.pem") };

/** A port on which nothing listens (any more). */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("nothing listens", async () => {
  const port = await freePort();
  const error = await errorOf(connect(`http://127.0.0.1:${port}`).call(create));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error.maybeSent).toBe(false);
  expect(error.message.replaceAll(String(port), "PORT")).toMatchInlineSnapshot(`
    "users.create: nothing listens at 127.0.0.1:PORT (POST /api/v1/users.create, 5 attempts)
      Is the server running, and is the port in rocketchat:url right?"
  `);
});

test("a certificate that nobody vouches for is not tried twice", async () => {
  const server = await startServer(() => ({}), { tls });
  const waits: string[] = [];
  const error = await errorOf(connect(server.url, { onWait: (message) => waits.push(message) }).call(create));
  expect(error.message.replaceAll(String(server.port), "PORT")).toMatchInlineSnapshot(`
    "users.create: the certificate of 127.0.0.1:PORT is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT) (POST /api/v1/users.create)
      For a certificate of your own authority set NODE_EXTRA_CA_CERTS to its PEM file."
  `);
  expect(error.maybeSent).toBe(false);
  expect(waits).toEqual([]);
});

test("https to a server that speaks http", async () => {
  const server = await startServer(() => ({}));
  const error = await errorOf(connect(server.url.replace("http:", "https:")).call(create));
  expect(error.message.replaceAll(String(server.port), "PORT")).toMatchInlineSnapshot(`
    "users.create: 127.0.0.1:PORT does not speak https (POST /api/v1/users.create)
      Is the port right, or is the server reached over plain http?"
  `);
});

test("something that does not speak HTTP", async () => {
  const server = createServer((socket) => socket.end("220 mail.example.com ESMTP\r\n")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const error = await errorOf(connect(`http://127.0.0.1:${port}`).call(create));
  expect(error.message.replaceAll(String(port), "PORT")).toMatchInlineSnapshot(
    `"users.create: the connection to 127.0.0.1:PORT was cut (UNKNOWN) (POST /api/v1/users.create)"`,
  );
});

// What can't be brought about on the loopback is given as Node reports it.
test.each([
  { code: "ENOTFOUND", syscall: "getaddrinfo" },
  { code: "EAI_AGAIN", syscall: "getaddrinfo" },
  { code: "UND_ERR_CONNECT_TIMEOUT" },
  { code: "EHOSTUNREACH", syscall: "connect" },
  { code: "ETIMEDOUT", syscall: "connect" },
  { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
  { code: "CERT_HAS_EXPIRED" },
])("$code: surely not sent", ({ code, syscall }) => {
  const cause = Object.assign(new Error("as the library says"), { code, syscall });
  const failure = toFailure(cause);
  expect(failure.maybeSent).toBe(false);
  const trace = { attempts: 1, maybeSent: false, token: undefined };
  const report = new Report(operation(), "https://chat.example.com", trace, new Redactor());
  const error = fromFailure(report, failure, 30_000);
  expect(error.message).toMatchSnapshot();
  expect(error.cause).toMatchObject({ message: "as the library says", code });
});

test("a connection that breaks before TLS stands carried nothing", () => {
  const message = "Client network socket disconnected before secure TLS connection was established";
  expect(toFailure(Object.assign(new Error(message), { code: "ECONNRESET" })).maybeSent).toBe(false);
  expect(toFailure(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })).maybeSent).toBe(true);
});
