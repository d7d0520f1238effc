/** Where a change stands in a report: with its room, its person, its team, or its part of the workspace. */
import { type Change, textOf } from "./change.ts";
import { visible } from "./show.ts";

/** In the order of the report. */
export const AREAS = [
  "Rooms",
  "People",
  "Teams",
  "Roles and permissions",
  "Integrations",
  "Settings and sign-in",
  "Appearance",
  "Other",
] as const;

export type Area = (typeof AREAS)[number];

export interface Placed {
  readonly area: Area;
  /** "#builds", "@alice"; else the area's own name. */
  readonly title: string;
}

const inRoom = (name: string | undefined): Placed => ({ area: "Rooms", title: `#${(name ?? "?").replace(/^#/, "")}` });
const ofPerson = (name: string | undefined): Placed => ({
  area: "People",
  title: `@${(name ?? "?").replace(/^@/, "")}`,
});
const part = (area: Area): Placed => ({ area, title: area });

export function placeOf(change: Change): Placed {
  const { area, title } = place(change);
  return { area, title: visible(title) };
}

function place(change: Change): Placed {
  const text = (key: string) => textOf(change, key);
  switch (change.kind) {
    case "Channel":
      return inRoom(text("name"));
    case "ChannelMember":
    case "Message":
    case "FileUpload":
    case "Invite":
      return inRoom(text("channel"));
    case "User":
      return ofPerson(text("username"));
    case "RoleMember":
      return text("channel") === undefined ? ofPerson(text("username")) : inRoom(text("channel"));
    case "Team":
      return { area: "Teams", title: `Team ${text("name")}` };
    case "TeamMember":
      return { area: "Teams", title: `Team ${text("team")}` };
    case "Role":
    case "Permission":
      return part("Roles and permissions");
    case "IncomingWebhook":
    case "OutgoingWebhook":
    case "OAuthApp":
    case "PersonalAccessToken":
      return part("Integrations");
    case "Setting":
    case "CustomOAuthService":
      return part("Settings and sign-in");
    case "CustomEmoji":
    case "CustomSound":
    case "CustomUserStatus":
      return part("Appearance");
    default:
      return part("Other");
  }
}
