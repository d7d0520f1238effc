/** Names are anybody's: in Markdown they must stay text, whatever a forge makes of text. Knows no report. */

/** Invisible, and the end of what a forge would take for a reference. */
const STOP = "\u200b";

const entities = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * A forge looks for these in text that has become HTML, where no backslash helps: people and groups (@), issues, merge requests, snippets,
 * milestones, labels, epics, alerts (# ! $ % ~ & ^, GH-1, GL-1), emoji (:tada:), and addresses.
 */
const unlinked = (text: string): string =>
  text
    .replace(/[@#!$%~&^](?=\w)/g, `$&${STOP}`)
    .replace(/\bG[HL]-(?=\d)/gi, `$&${STOP}`)
    .replace(/:(?=[\w+-]+:)/g, `$&${STOP}`)
    .replace(/:(?=\/\/)/g, `$&${STOP}`)
    .replace(/\bwww\.(?=\S)/gi, `$&${STOP}`);

/** As text of HTML inside Markdown. `$` begins a formula. */
export const html = (text: string): string => entities(unlinked(text)).replaceAll("$", "&#36;");

/** As text of Markdown, in the middle of a line. */
export const plain = (text: string): string => html(text).replace(/[\\`*_[\]|~]/g, "\\$&");

/** Code keeps everything as it is; its fence is longer than any inside. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const gap = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${gap}${text}${gap}${fence}`;
}
