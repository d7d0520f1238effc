/** Names that a look-up asks for; case does not count, as on the server. */
import { globMatcher } from "../engine/glob.ts";

/** Without a pattern every name fits. */
export const nameMatcher = (pattern: string | undefined): ((name: string) => boolean) =>
  pattern === undefined ? () => true : globMatcher(pattern, { ignoreCase: true });
