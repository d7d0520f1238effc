/** What the YAML parser finds wrong, in words for people who don't know YAML, where they have to change something. Knows no kinds. */
import { type Document, isCollection, isScalar, type LineCounter, visit, type YAMLError } from "yaml";
import type { Problem } from "../problem.ts";
import { placeIn, type SourceFile } from "./tree.ts";

interface Words {
  readonly message: string;
  readonly hint?: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  TAB_AS_INDENT: { message: "a tab can't indent a line; use spaces" },
  MULTIPLE_DOCS: {
    message: "only one document to a file; remove what begins with `---` here, or put it into a file of its own",
  },
  BAD_INDENT: { message: "the indentation doesn't fit the lines above" },
  MULTILINE_IMPLICIT_KEY: {
    message: "this has its value already, and the line below is indented further, as if it belonged to it",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a second `:` in one line",
    hint: "A text that holds a colon with a space after it stands in quotes.",
  },
  BLOCK_IN_FLOW: { message: "something is missing here, as a comma" },
  MISSING_CHAR: { message: "something is missing here, as a `:` with a space after it, or a comma" },
  BAD_SCALAR_START: { message: "a text can't begin with this character", hint: "Put the whole text into quotes." },
  UNEXPECTED_TOKEN: {
    message: "this doesn't belong here: what stands before it is complete",
    hint: "A comma between the two may be missing; a text that holds quotes, or begins with a mark, stands in double quotes as a whole.",
  },
  BAD_DQ_ESCAPE: {
    message: "in double quotes a backslash begins a code, and this is none",
    hint: "Write two backslashes, or use single quotes.",
  },
  TAG_RESOLVE_FAILED: {
    message: "what begins with `!` has no meaning in a workspace document",
    hint: "A secret is written `{ secret: key }`, a text that begins with `!` in quotes.",
  },
  RESOURCE_EXHAUSTION: { message: "too many levels" },
};

/**
 * Where the bracket or quote stands that was opened and not closed, if an error comes from that: the parser sees it at the
 * end only, often the end of the file.
 */
function opening(document: Document, { code, message, pos: [at] }: YAMLError): number | undefined {
  if (!(code === "BAD_INDENT" && message.startsWith("Flow")) && !message.startsWith("Missing closing"))
    return undefined;
  let found: number | undefined;
  visit(document, {
    Node(_key, node) {
      const [from = 0, to = 0] = node.range ?? [];
      const isOpen = isCollection(node) ? node.flow : isScalar(node) && node.type?.startsWith("QUOTE");
      if (isOpen && from <= at && at <= to) found = from;
    },
  });
  return found;
}

/** Length of the word that begins here: the parser marks only the first character of a key. */
const wordAt = (text: string, from: number): number => /^[\w.-]*/.exec(text.slice(from, from + 80))?.[0].length ?? 0;

function problemOf(error: YAMLError, document: Document, file: SourceFile, lines: LineCounter): Problem {
  const { code, message, pos } = error;
  const start = opening(document, error);
  if (start !== undefined) {
    const mark = file.text.charAt(start);
    return { message: `this \`${mark}\` is never closed`, at: placeIn(file, lines, start, start + 1) };
  }
  const [from, to] = pos;
  return {
    ...(WORDS[code] ?? { message: `not valid YAML: ${message}` }),
    at: placeIn(file, lines, from, Math.max(to, from + wordAt(file.text, from))),
  };
}

/** Errors of a file that are told: further ones mostly come from these. */
const MOST = 10;

const isWholeLine = ({ code }: YAMLError): boolean => code === "MULTILINE_IMPLICIT_KEY";

/** What keeps a file from being read as YAML. One mistake often makes several errors: the first of a line counts. */
export function syntaxProblems(document: Document, file: SourceFile, lines: LineCounter): Problem[] {
  // A tag that nobody knows is a warning to the parser, and its value would be taken as it stands.
  const errors: YAMLError[] = [
    ...document.errors,
    ...document.warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED"),
  ];
  // What is wrong about a whole line says more than the colon at the same place that it is seen by.
  errors.sort((a, b) => a.pos[0] - b.pos[0] || Number(isWholeLine(b)) - Number(isWholeLine(a)));
  const byLine = new Map<number, Problem>();
  for (const error of errors.slice(0, 2 * MOST)) {
    const problem = problemOf(error, document, file, lines);
    if (!byLine.has(problem.at.line)) byLine.set(problem.at.line, problem);
  }
  return [...byLine.values()].slice(0, MOST);
}
