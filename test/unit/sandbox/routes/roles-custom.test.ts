import { expect, it } from "vitest";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { talk } from "../talk.ts";

const refused = (errorType: string) => ({ status: 400, json: { errorType } });

it.each(VERSIONS)("has custom roles with a licence only, on %s", async (version) => {
  const server = await talk({ version });
  const admin = await server.login();
  const create = () => server.call("POST roles.create", { name: "supporter" }, admin);
  expect(await create()).toMatchObject({
    status: 400,
    json: { error: "This is an enterprise feature [error-action-not-allowed]", errorType: "error-action-not-allowed" },
  });
  const guest = { roleId: "guest", name: "guest", description: "From outside" };
  expect(await server.call("POST roles.update", guest, admin)).toMatchObject({
    status: 200,
    json: { role: { _id: "guest", description: "From outside", protected: true } },
  });
  expect(await server.call("POST roles.update", { ...guest, name: "visitor" }, admin)).toMatchObject(
    refused("error-role-protected"),
  );
});

it.each(VERSIONS)("makes, changes and deletes custom roles, on %s", async (version) => {
  const server = await talk({ version, licence: true });
  const admin = await server.login();
  const call = (path: string, body?: unknown) => server.call(path, body, admin);
  const { json } = await call("POST roles.create", { name: "supporter", description: "Helps" });
  const role = json.role as { _id: string };
  expect(role).toMatchObject({ name: "supporter", description: "Helps", scope: "Users", protected: false });
  expect(await call("POST roles.create", { name: "supporter" })).toMatchObject(
    refused("error-duplicate-role-names-not-allowed"),
  );
  expect(await call("POST roles.create", { nonsense: 1 })).toMatchObject(refused("error-invalid-role-properties"));
  // What is left out is reset.
  const { json: changed } = await call("POST roles.update", { roleId: role._id, name: "helper" });
  expect(changed.role).toMatchObject({ _id: role._id, name: "helper", description: "" });
  const { json: sync } = await call("GET roles.sync?updatedSince=2020-01-01T00:00:00.000Z");
  expect((sync.roles as { update: unknown[] }).update).toContainEqual(changed.role);
  const { json: list } = await call("GET roles.list");
  expect((list.roles as { _id: string }[]).at(-1)).toEqual(
    expect.not.objectContaining({ _updatedAt: expect.anything() }),
  );
  await call("POST roles.addUserToRole", { username: "admin", roleId: role._id });
  expect(await call("POST roles.delete", { roleId: role._id })).toMatchObject(refused("error-role-in-use"));
  await call("POST roles.removeUserFromRole", { username: "admin", roleId: role._id });
  expect(await call("POST roles.delete", { roleId: role._id })).toMatchObject({ status: 200 });
  expect(await call("POST roles.delete", { roleId: role._id })).toMatchObject(refused("error-invalid-roleId"));
});
