/** The emoji that every Rocket.Chat server knows, by name. Custom ones are a server's own. Data only. */
import names from "./emoji-names.generated.json" with { type: "json" };

const { $comment: _, ...byCategory } = names;

/** Names and other names without colons: "tada", "+1", "thumbsup". */
export const STANDARD_EMOJI: ReadonlySet<string> = new Set(
  Object.values(byCategory).flatMap((text) => text.split(" ")),
);
