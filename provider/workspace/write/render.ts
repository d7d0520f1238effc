/** A value as YAML in one line, which fits wherever a value may stand. Knows no document. */
import { Document, Scalar, visit, type YAMLSeq } from "yaml";

const isQuoted = (type: Scalar.Type | undefined): boolean =>
  type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE;

/** `like`: the quotes of the text that it stands in for. */
export function inline(value: unknown, like?: Scalar.Type): string {
  const document = new Document([value], { aliasDuplicateObjects: false });
  (document.contents as unknown as YAMLSeq).flow = true;
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value !== "string") return;
      // Without quotes a text of several lines would be folded, and one in single quotes too.
      if (/[\n\r]/.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
      else if (like !== undefined && isQuoted(like)) node.type = like;
    },
  });
  const options = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };
  return document.toString(options).trim().slice(1, -1).trim();
}

/** A text of several lines as `|` has it; undefined where that can't hold it. */
export function literal(text: string, indent: string, newline: string): string | undefined {
  const body = text.replace(/\n+$/, "");
  const end = text.slice(body.length).length;
  if (end > 1 || body === "" || /^\s|[^\S\n]$|[^\S\n]\n/.test(body) || /[^\P{Cc}\n]|[\u2028\u2029\ufeff]/u.test(body))
    return undefined;
  const lines = body.split("\n").map((line) => (line === "" ? "" : `${indent}${line}`));
  return `${end === 1 ? "|" : "|-"}\0${newline}${lines.join(newline)}${newline}`;
}
