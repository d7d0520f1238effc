import { expect, it } from "vitest";
import { talk } from "../talk.ts";

it("shows rooms, people and integrations, escaped and without secrets", async () => {
  const server = await talk();
  const admin = await server.login();
  await server.createUser(admin, "bob", { name: "Bob" });
  await server.call("POST settings/UI_Allow_room_names_with_special_chars", { value: true }, admin);
  await server.call("POST channels.create", { name: "a <b> room", members: ["bob"] }, admin);
  const response = await fetch(server.sandbox.url);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const html = await response.text();
  expect(html).toContain("<td>a &lt;b&gt; room</td><td>channel</td><td></td><td>admin (owner), bob</td>");
  expect(html).toContain("<td>bob@example.test</td>");
  expect(html).not.toContain(admin.authToken);
});
