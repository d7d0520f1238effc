/** What is said of permissions and roles, held against what real servers have. */
import { expect, test } from "vitest";
import { readPreview } from "../../../../provider/review/preview.ts";
import { findingsOf } from "../../../../provider/review/rules/index.ts";
import { EVERYBODY, EVERYDAY, LICENSED, POWERS, ROLES } from "../../../../provider/review/rules/powers.ts";
import { VERSIONS } from "../../../../provider/sandbox/core/state.ts";
import { builtInPermissions, builtInRoles } from "../../../../provider/sandbox/data/catalogue.ts";
import { previewOf } from "../../../fixtures/review/cases.ts";

const granted = VERSIONS.flatMap((version) => Object.entries(builtInPermissions(version)));
const permissions = new Set(granted.map(([id]) => id));
const roles = new Set(VERSIONS.flatMap((version) => builtInRoles(version).map(({ _id }) => _id)));
const powers = Object.values(POWERS).flat();

test("every permission of the lists is one of a recorded server, and in one list only", () => {
  const unknown = [...powers, ...EVERYDAY].filter((id) => !permissions.has(id));
  expect(unknown.sort()).toEqual([...LICENSED].sort());
  expect(new Set([...powers, ...EVERYDAY]).size).toBe(powers.length + EVERYDAY.length);
});

test("roles of the lists are those of recorded servers, but for what needs a licence", () => {
  expect(EVERYBODY.filter((id) => !roles.has(id))).toEqual([]);
  const licensed = ["auditor", "auditor-log", "livechat-monitor"];
  expect(
    Object.keys(ROLES)
      .filter((id) => !roles.has(id))
      .sort(),
  ).toEqual(licensed);
});

test("what only admins have on a new server is everyday for nobody", () => {
  const ofAdmins = granted.filter(([, holders]) => holders.join() === "admin").map(([id]) => id);
  const harmless = ["auto-translate", "manage-emoji", "manage-sounds", "manage-user-status"];
  expect(ofAdmins.length).toBeGreaterThan(60);
  expect([...new Set(ofAdmins)].filter((id) => EVERYDAY.includes(id) && !harmless.includes(id))).toEqual([]);
});

test.each([
  ["edit-other-user-password", "helpdesk", "high", /who holds it can log in as anybody/],
  ["pin-message", "helpdesk", "medium", /"pin-message"$/],
  ["pin-message", "user", "high", /"pin-message"$/],
  ["permission-of-tomorrow", "helpdesk", "high", /"permission-of-tomorrow"$/],
])("%s for %s: %s", (permissionId, role, risk, text) => {
  const shown = {
    kind: "Permission",
    name: "p",
    old: { permissionId, roles: ["admin"] },
    next: { permissionId, roles: ["admin", role] },
  };
  const [change] = readPreview(previewOf(shown)).named.changes;
  expect(change && findingsOf(change)).toEqual([
    { risk, rule: "permission-widened", text: expect.stringMatching(text) },
  ]);
});
