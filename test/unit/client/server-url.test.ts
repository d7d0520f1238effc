import { expect, test } from "vitest";
import { checkServerUrl } from "../../../provider/client/server-url.ts";
import { ConfigurationError } from "../../../provider/errors.ts";

test.each([
  ["https://chat.example.com", "https://chat.example.com"],
  ["https://chat.example.com/", "https://chat.example.com"],
  ["  https://Chat.Example.com:443  ", "https://chat.example.com"],
  ["https://example.com/chat//", "https://example.com/chat"],
  ["http://localhost:3000/", "http://localhost:3000"],
  ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
  ["http://127.8.0.1", "http://127.8.0.1"],
  ["http://[::1]:3000", "http://[::1]:3000"],
  ["http://chat.localhost", "http://chat.localhost"],
])("takes %s", (given, url) => {
  expect(checkServerUrl(given, false)).toBe(url);
});

test("takes plain http to another host only when that is asked for", () => {
  expect(checkServerUrl("http://chat.example.com", true)).toBe("http://chat.example.com");
});

const messageOf = (given: string): string => {
  try {
    checkServerUrl(given, false);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error(`${given} was taken`);
};

test("says what is wrong and what to do", () => {
  expect(messageOf(" ")).toMatchInlineSnapshot(`"the address of the workspace (rocketchat:url) is empty"`);
  expect(messageOf("chat.example.com")).toMatchInlineSnapshot(`
    "the address of the workspace (rocketchat:url) must start with https:// (or http://), given "chat.example.com"
      Write it as in the browser's address bar: https://chat.example.com"
  `);
  expect(messageOf("localhost:3000")).toMatchInlineSnapshot(`
    "the address of the workspace (rocketchat:url) must start with https:// (or http://), given "localhost:3000"
      Write it as in the browser's address bar: https://chat.example.com"
  `);
  expect(messageOf("ftp://chat.example.com")).toMatchInlineSnapshot(`
    "the address of the workspace (rocketchat:url) must start with https:// (or http://), given "ftp://chat.example.com"
      Write it as in the browser's address bar: https://chat.example.com"
  `);
  expect(messageOf("https://chat example.com")).toMatchInlineSnapshot(`
    "the address of the workspace (rocketchat:url) must start with https:// (or http://), given "https://chat example.com"
      Write it as in the browser's address bar: https://chat.example.com"
  `);
  expect(messageOf("https://chat.example.com/?a=b")).toMatchInlineSnapshot(
    `"the address of the workspace (rocketchat:url) must not contain "?" or "#", given https://chat.example.com/…"`,
  );
  expect(messageOf("https://chat.example.com/api/v1/")).toMatchInlineSnapshot(`
    "the address of the workspace (rocketchat:url) must be the workspace's root, given https://chat.example.com/api/v1
      Leave the API's path away: https://chat.example.com"
  `);
  expect(messageOf("http://chat.example.com")).toMatchInlineSnapshot(`
    "plain http would send passwords and tokens unprotected to chat.example.com, so the address of the workspace (rocketchat:url) must be https
      Use https://, or set rocketchat:insecure to true where the network in between is trusted."
  `);
  expect(messageOf("http://127.evil.example.com")).toMatchInlineSnapshot(`
    "plain http would send passwords and tokens unprotected to 127.evil.example.com, so the address of the workspace (rocketchat:url) must be https
      Use https://, or set rocketchat:insecure to true where the network in between is trusted."
  `);
});

test.each([
  "https://admin:hunter22@chat.example.com",
  "admin:hunter22@chat.example.com",
  "https://admin:hunter22@chat example",
])("does not repeat the password in %s", (given) => {
  const message = messageOf(given);
  expect(message).not.toContain("hunter22");
  expect(message).toContain("chat");
});
