/** What can be declared of a room (public channel or private group), and what a Channel puts out. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

const usernames = () => field(z.array(z.string().min(1)).optional(), { set: true, refers: "User" });

export const channelInputs = z.strictObject({
  /**
   * Name of the room, unique among all rooms of the workspace. By default the server allows letters, digits, ".", "-" and "_" (setting
   * `UTF8_Channel_Names_Validation`). Case matters. A "#" in front is dropped. Renaming keeps the room, its messages and its id.
   */
  name: field(z.string().min(1), {
    settings: ["UTF8_Channel_Names_Validation", "UI_Allow_room_names_with_special_chars"],
  }),
  /** True for a private room (group), which only its members see. Default false. Changing it keeps the room. */
  private: z.boolean().optional(),
  /** One line in the room's header. Default "". */
  topic: z.string().optional(),
  /** What the room is for; shown in its information panel. Default "". */
  description: z.string().optional(),
  /** Shown in a bar above the messages. Default "". */
  announcement: z.string().optional(),
  /** Only owners, moderators and those with the permission `post-readonly` write. Default false. A broadcast room is always read-only. */
  readOnly: z.boolean().optional(),
  /** Members of a read-only room may react to messages. Default false. */
  reactWhenReadOnly: z.boolean().optional(),
  /** Every new user joins it. Users who are there already do not. Default false. Needs the permission `view-room-administration`. */
  default: z.boolean().optional(),
  /** Listed first in the directory. Default false. Needs the permission `view-room-administration`. */
  featured: z.boolean().optional(),
  /** A default room that is among the favourites of whoever joins it. Default false. */
  favorite: z.boolean().optional(),
  /** Free values by name; replaces all of the room's custom fields. Default {}. */
  customFields: z.record(z.string(), z.unknown()).optional(),
  /**
   * What somebody must enter to join a public room; "" for none. The server never gives it back, only whether there is one: a
   * change by hand to another code stays unseen.
   */
  joinCode: field(z.string().optional(), { secret: true, writeOnly: true }),
  /** End-to-end encryption. Private rooms only; the workspace must have it switched on (`E2E_Enable`). Default false. */
  encrypted: field(z.boolean().optional(), { settings: ["E2E_Enable"] }),
  /** Members read and answer, only owners and moderators write. Fixed at creation: a change replaces the room. Default false. */
  broadcast: field(z.boolean().optional(), { replaces: true }),
  /** Kinds of system messages that are hidden in this room, as the server calls them: "uj" (joined), "ul" (left), "ru" (removed) … Default []. */
  systemMessages: field(z.array(z.string().min(1)).optional(), { set: true }),
  /** Old messages of this room are pruned. Needs the permission `edit-room-retention-policy`. Default: as the workspace has it. */
  retentionEnabled: z.boolean().optional(),
  /** The room's own rules count, and not those of the workspace. Default false. */
  retentionOverrideGlobal: z.boolean().optional(),
  /** Age in days from which messages are pruned; at least 1. Counts with `retentionOverrideGlobal`. */
  retentionMaxAge: z.int().min(1).optional(),
  /** Pinned messages are kept. Default false. */
  retentionExcludePinned: z.boolean().optional(),
  /** Only files are pruned, the texts stay. Default false. */
  retentionFilesOnly: z.boolean().optional(),
  /** Messages in threads are kept. Default false. */
  retentionIgnoreThreads: z.boolean().optional(),
  /**
   * How the lists of people below are meant. "include" (default): they are in the room or hold the role; others may too, and who
   * is taken off a list stays. "exact": nobody else is; others are removed from the room or lose the role. The account
   * that Pulumi uses is never removed and need not be listed.
   */
  membership: z.enum(["include", "exact"]).optional(),
  /** Usernames of members. Holders of the roles below are members without being listed here. Left out: not managed. */
  members: usernames(),
  /** Usernames of owners. A room keeps at least one. Left out: not managed. */
  owners: usernames(),
  /** Usernames of moderators. Left out: not managed. */
  moderators: usernames(),
  /** Usernames of leaders. Left out: not managed. */
  leaders: usernames(),
  /**
   * At creation, the account that Pulumi uses does not join the room, which then has no owner. Needs somebody in one of the lists. Of a
   * private room it can't see the members afterwards. No effect later. Default false.
   */
  excludeSelf: field(z.boolean().optional(), { local: true }),
  /** At creation of a public room, names of teams whose members join it. No effect later. */
  teams: field(z.array(z.string().min(1)).optional(), { local: true, set: true }),
});

export type ChannelInputs = z.infer<typeof channelInputs>;

export const channelSchema: KindSchema<ChannelInputs> = {
  inputs: channelInputs,
  outputs: {
    /** Username of the account that made the room. */
    creator: {},
    /** When the room was made, in ISO 8601. */
    createdAt: {},
  },
  destroy: ["archive", "delete", "retain"],
  permissions: [{ anyOf: ["create-c", "create-p"] }, { anyOf: ["edit-room"], elsewhere: "in the room" }],
  document: {
    section: "channels",
    keys: ["name"],
    // The last three are words of outgoing webhooks.
    refersById: true,
    export: { builtIn: { general: { default: true } } },
    builtIn: ["general", "all_public_channels", "all_private_groups", "all_direct_messages"],
  },
};

/** Names of the inputs that list people, with the room role each stands for. */
export const PEOPLE = { members: undefined, owners: "owner", moderators: "moderator", leaders: "leader" } as const;

export type PeopleInput = keyof typeof PEOPLE;

export const PEOPLE_INPUTS = Object.keys(PEOPLE) as PeopleInput[];
