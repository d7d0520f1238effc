// Reads JSDoc comments as this repository writes them: text, examples with a title, text after them. Knows no kind.
import ts from "typescript";

/** The inside of a comment, without its marks. */
const inside = (comment) =>
  comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim();

/** Text of the comment that stands directly above a declaration; "" without one. */
export function commentOf(node) {
  const text = node.getSourceFile().text;
  const last = (ts.getLeadingCommentRanges(text, node.pos) ?? []).at(-1);
  if (last === undefined) return "";
  const comment = text.slice(last.pos, last.end);
  return comment.startsWith("/**") ? inside(comment) : "";
}

/** One paragraph on one line: what a table's cell or a sentence takes. */
export const oneLine = (text) => text.replace(/\s*\n\s*/g, " ").trim();

const paragraphs = (text) =>
  text
    .split(/\n\s*\n/)
    .map(oneLine)
    .filter((paragraph) => paragraph !== "");

/** An example is a title behind `@example` and one fenced block; text behind the block belongs to the whole comment again. */
function splitExample(part) {
  const end = part.indexOf("\n```", part.indexOf("```") + 3);
  if (!part.includes("```") || end < 0) throw new Error(`an @example without a fenced block: ${part.slice(0, 60)}`);
  const [title = "", ...code] = part.slice(0, end + 4).split("\n");
  return { title: title.trim(), code: code.join("\n").trim(), rest: part.slice(end + 4) };
}

/** `{ text, examples }` of a class's or function's comment. Paragraphs of other tags are dropped. */
export function readComment(comment) {
  // A block without a tag is an example, too.
  const tagged = comment.includes("@example") ? comment : comment.replace(/^```/m, "@example\n```");
  const [head = "", ...parts] = tagged.split(/^@example\b/m);
  const examples = parts.map(splitExample);
  const text = [head, ...examples.map(({ rest }) => rest)]
    .join("\n\n")
    .replace(/^@\w[\s\S]*?(?=\n\s*\n|(?![\s\S]))/gm, "");
  return { text: paragraphs(text), examples: examples.map(({ title, code }) => ({ title, code })) };
}

/**
 * The default that a field's comment tells in a sentence of its own ("Default false." or "Default: the first mode."), and the
 * rest of the text.
 */
export function splitDefault(text) {
  const line = oneLine(text);
  const found = /(?:^|(?<=\s))Default(?: is|:)? ((?:[^.`"]|\.(?=\S)|`[^`]*`|"[^"]*")+)\.(?=\s|$)/.exec(line);
  if (found === null) return { text: line, standard: "" };
  const rest = `${line.slice(0, found.index)}${line.slice(found.index + found[0].length)}`.replace(/\s+/g, " ").trim();
  return { text: rest, standard: found[1] };
}
