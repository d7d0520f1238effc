/** Which roles hold a permission on a new server. Data only; what a server has is for others to ask. */
import table from "../../data/default-permissions.generated.json" with { type: "json" };

const DEFAULTS = table as unknown as Readonly<Record<string, readonly (readonly string[])[]>>;

/** Permissions for single settings, of which there is one for each. */
const OF_SETTING = /^change-setting-/;

/** True when a new server of some release has it so. False for permissions that are not known here. */
export function isDefault(id: string, roles: readonly string[]): boolean {
  const lists = OF_SETTING.test(id) ? [[], ["admin"]] : (DEFAULTS[id] ?? []);
  const held = [...roles].sort();
  return (
    Array.isArray(lists) &&
    lists.some((list: readonly string[]) => list.length === held.length && list.every((role, at) => role === held[at]))
  );
}
