/** The permission that goes with a setting. Knows no route. */
import type { Version } from "../core/state.ts";
import type { BuiltInSetting } from "../data/catalogue.ts";

/** Release 7.7.1 writes null where a group or section is missing, 8.6.1 leaves it out. */
export function settingPermission(version: Version, setting: BuiltInSetting) {
  const { _id, group, section, sorter } = setting;
  const absent = version === "7.7.1" ? null : undefined;
  const place = { group: group ?? absent, section: section ?? absent };
  return {
    _id: `change-setting-${_id}`,
    level: "settings",
    settingId: _id,
    ...(place.group !== undefined && { group: place.group }),
    ...(place.section !== undefined && { section: place.section }),
    sorter,
    roles: [] as string[],
    ...(group !== undefined && { groupPermissionId: `change-setting-${group}` }),
    ...(section !== undefined && { sectionPermissionId: `change-setting-${section}` }),
  };
}
