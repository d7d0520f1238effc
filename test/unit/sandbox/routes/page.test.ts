import { expect, it } from "vitest";
import { talk } from "../talk.ts";

it("shows rooms, people and integrations, escaped, without secrets and without any request to elsewhere", async () => {
  const server = await talk();
  const admin = await server.login();
  await server.createUser(admin, "bob", { name: "Bob" });
  await server.call("POST settings/UI_Allow_room_names_with_special_chars", { value: true }, admin);
  await server.call("POST channels.create", { name: "a <b> room", members: ["bob"] }, admin);
  const response = await fetch(server.sandbox.url);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  const html = await response.text();
  expect(html).toContain("<strong>a &lt;b&gt; room</strong>");
  expect(html).toContain("admin (owner), bob</p>");
  expect(html).toContain("Bob · bob@example.test");
  expect(html).not.toContain(admin.authToken);
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses.filter((address) => !/^(#|\/_page\/|data:,$)/.test(address ?? ""))).toEqual([]);
  for (const path of addresses.filter((address) => address?.startsWith("/_page/"))) {
    const asset = await fetch(server.sandbox.url + path);
    expect(asset.status).toBe(200);
    expect(await asset.text()).not.toMatch(/https?:\/\//);
  }
});

it("tells open pages of changes, many of them at once, and ends with the sandbox", async () => {
  const server = await talk();
  const response = await fetch(`${server.sandbox.url}/_page/events`);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const until = async (text: string) => {
    let heard = "";
    while (!heard.includes(text)) {
      const { value, done } = (await reader?.read()) ?? { value: "", done: true };
      if (done) break;
      heard += value;
    }
    return heard;
  };
  await until("retry:");
  const admin = await server.login();
  await Promise.all(Array.from({ length: 20 }, (_, i) => server.createUser(admin, `user${i}`)));
  const heard = await until("changed");
  // the log-in and the first of them may have been told before the rest
  expect(heard.split("changed").length - 1).toBeLessThanOrEqual(3);
  await server.sandbox.close();
  expect(await until("never")).not.toContain("never");
});
