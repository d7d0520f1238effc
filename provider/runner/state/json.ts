/** JSON from files that anybody may have written. Knows no format on top of it. */

/** Deeper than any program's value, and far from the end of the call stack of whoever walks through it. */
const mostLevels = 1_000;

/** As JSON.parse, and throws SyntaxError also for what is nested too deeply. The message may quote the text. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new SyntaxError(`more than ${mostLevels} levels`);
  return JSON.parse(text);
}

function isTooDeep(text: string): boolean {
  let level = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = endOfString(text, i);
    else if (code === 0x5b || code === 0x7b) level += 1;
    else if (code === 0x5d || code === 0x7d) level -= 1;
    if (level > mostLevels) return true;
  }
  return false;
}

/** Where the string that begins at a quote ends; the text's end where it doesn't. Most of a state is strings. */
function endOfString(text: string, from: number): number {
  let end = from;
  let escapes: number;
  do {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === 0x5c) escapes += 1;
  } while (escapes % 2 === 1);
  return end;
}
