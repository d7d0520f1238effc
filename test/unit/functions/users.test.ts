import { describe, expect, it } from "vitest";
import { getUser, getUsers } from "../../../provider/functions/users.ts";
import { callsOf, useServer } from "../../support/look-ups.ts";

const PEOPLE = 120;

const held = useServer(async ({ reader }) => {
  for (let index = 0; index < PEOPLE; index++) {
    const username = `person.${String(index).padStart(3, "0")}`;
    await reader.post("users.create", {
      username,
      name: `Person ${index}`,
      email: `${username}@example.test`,
      password: "Passw0rd!x",
      active: index !== 7,
      roles: index % 60 === 0 ? ["user", "bot"] : ["user"],
    });
  }
});

describe("getUser", () => {
  it("finds by username and by id, and answers undefined where there is nobody", async () => {
    const person = await getUser({ username: "@person.001" });
    expect(person).toMatchObject({
      username: "person.001",
      name: "Person 1",
      active: true,
      roles: ["user"],
      emails: [{ address: "person.001@example.test", verified: false }],
    });
    expect(await getUser({ userId: person?.id ?? "" })).toEqual(person);
    expect(await getUser({ username: "nobody" })).toBeUndefined();
  });

  it("refuses what names nobody, or two", async () => {
    await expect(getUser({})).rejects.toThrow("getUser: give either username or userId");
    await expect(getUser({ username: "a", userId: "b" })).rejects.toThrow("give either");
    await expect(getUser({ usrname: "x" } as never)).rejects.toThrow(/getUser: usrname: .*did you mean "username"/);
  });
});

describe("getUsers", () => {
  it("gives the people of all pages, with one call per hundred", async () => {
    let names: string[] = [];
    const calls = await callsOf(held.server, async () => {
      names = (await getUsers()).map(({ username }) => username);
    });
    expect(names).toHaveLength(PEOPLE + 2);
    expect(new Set(names).size).toBe(names.length);
    expect(calls).toEqual({ "users.list": 2 });
  });

  it("filters by role, status and pattern, and stops at the limit", async () => {
    const names = async (args: Parameters<typeof getUsers>[0]) => (await getUsers(args)).map((one) => one.username);
    expect(await names({ role: "bot", username: "person.*" })).toEqual(["person.000", "person.060"]);
    expect(await names({ status: "deactivated" })).toEqual(["person.007"]);
    expect(await names({ username: "PERSON.01?" })).toHaveLength(10);
    expect(await names({ username: "person" })).toEqual([]);
    const calls = await callsOf(held.server, async () => expect(await names({ limit: 3 })).toHaveLength(3));
    expect(calls).toEqual({ "users.list": 1 });
    await expect(getUsers({ limit: 0 })).rejects.toThrow("getUsers: limit: must be at least 1");
    await expect(getUsers({ status: "away" as "active" })).rejects.toThrow(/status: must be one of "active"/);
  });
});
