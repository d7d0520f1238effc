/** The defaults of a fresh server of each release: settings, permissions, roles. Data only; knows no state. */
import type { Version } from "../core/state.ts";
import data77 from "./catalogue-7.7.1.generated.json" with { type: "json" };
import data86 from "./catalogue-8.6.1.generated.json" with { type: "json" };

/** One setting as a fresh server has it. Texts may hold `%%…%%` marks, see `settings/read.ts`. */
export interface BuiltInSetting {
  readonly _id: string;
  readonly group: string | undefined;
  readonly section: string | undefined;
  /** Undefined for a setting without a permission of its own. */
  readonly sorter: number | undefined;
  readonly public: boolean;
  /** A heading of the settings page: it has no value. */
  readonly heading: boolean;
  readonly value: unknown;
  readonly packageValue: unknown;
}

export interface BuiltInRole {
  readonly _id: string;
  readonly name: string;
  readonly scope: "Users" | "Subscriptions";
  readonly description: string;
  readonly protected: boolean;
  readonly mandatory2fa: boolean;
}

interface Catalogue {
  readonly settings: Readonly<Record<string, BuiltInSetting>>;
  readonly permissions: Readonly<Record<string, readonly string[]>>;
  readonly roles: readonly BuiltInRole[];
}

/** Rows of the data files: settings are `[id, group, section, sorter, public, value?, packageValue?]`. */
interface Source {
  groups: string[];
  sections: string[];
  roles: string[][];
  permissions: string[][];
  settings: unknown[][];
}

function build(source: Source): Catalogue {
  const settings: Record<string, BuiltInSetting> = {};
  for (const row of source.settings) {
    const [_id, group, section, sorter, visible, value] = row as [
      string,
      number,
      number,
      number | null,
      number,
      unknown,
    ];
    settings[_id] = {
      _id,
      group: source.groups[group],
      section: source.sections[section],
      sorter: sorter ?? undefined,
      public: visible === 1,
      heading: row.length === 5,
      value,
      packageValue: row.length > 6 ? row[6] : value,
    };
  }
  return {
    settings,
    permissions: Object.fromEntries(source.permissions.map(([id, ...roles]) => [id, roles])),
    roles: source.roles.map(([name, scope, description]) => ({
      _id: name!,
      name: name!,
      scope: scope as BuiltInRole["scope"],
      description: description!,
      protected: true,
      mandatory2fa: false,
    })),
  };
}

const built = new Map<Version, Catalogue>();

function catalogue(version: Version): Catalogue {
  let found = built.get(version);
  if (!found) {
    found = build((version === "8.6.1" ? data86 : data77) as unknown as Source);
    built.set(version, found);
  }
  return found;
}

export const builtInSettings = (version: Version): Catalogue["settings"] => catalogue(version).settings;
export const builtInPermissions = (version: Version): Catalogue["permissions"] => catalogue(version).permissions;
export const builtInRoles = (version: Version): Catalogue["roles"] => catalogue(version).roles;
