/**
 * The parsed form of a message's text that the server adds (`md`): bold, italic, strike, code, mentions, emoji, links.
 * Paragraph by paragraph; lists, quotes, headings and tables stay plain text. Knows no room and no user.
 */

interface Node {
  type: string;
  value?: unknown;
  shortCode?: string;
}

const plain = (value: string): Node => ({ type: "PLAIN_TEXT", value });

/** Names that no registry hands out, so that the server's parser sees no link in them. */
const UNLINKED = /\.(?:test|example|invalid|localhost|local)$/i;

const INLINE: { pattern: RegExp; make: (match: RegExpExecArray) => Node | undefined }[] = [
  { pattern: /^`([^`\n]+)`/, make: (m) => ({ type: "INLINE_CODE", value: plain(m[1] ?? "") }) },
  { pattern: /^\*\*?([^*\n]+?)\*\*?/, make: (m) => ({ type: "BOLD", value: inline(m[1] ?? "") }) },
  { pattern: /^__?([^_\n]+?)__?(?!\w)/, make: (m) => ({ type: "ITALIC", value: inline(m[1] ?? "") }) },
  { pattern: /^~~?([^~\n]+?)~~?/, make: (m) => ({ type: "STRIKE", value: inline(m[1] ?? "") }) },
  { pattern: /^@([0-9a-zA-Z-_.]+)/, make: (m) => ({ type: "MENTION_USER", value: plain(m[1] ?? "") }) },
  { pattern: /^#([0-9a-zA-Z-_.]+)/, make: (m) => ({ type: "MENTION_CHANNEL", value: plain(m[1] ?? "") }) },
  {
    pattern: /^:([0-9a-zA-Z-_+]+):/,
    make: (m) => ({ type: "EMOJI", value: plain(m[1] ?? ""), shortCode: m[1] ?? "" }),
  },
  { pattern: /^https?:\/\/[^\s<>]+/, make: (m) => link(m[0]) },
];

function link(url: string): Node | undefined {
  if (!URL.canParse(url) || UNLINKED.test(new URL(url).hostname)) return undefined;
  return { type: "LINK", value: { src: plain(url), label: [plain(url)] } };
}

/** Marks only start where a word starts. */
const opensHere = (text: string, at: number): boolean => at === 0 || /[\s([{*_~]/.test(text[at - 1] ?? "");

function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let pending = "";
  const flush = () => {
    if (pending) nodes.push(plain(pending));
    pending = "";
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    let taken = 0;
    if (opensHere(text, at)) {
      for (const { pattern, make } of INLINE) {
        const match = pattern.exec(rest);
        const node = match && make(match);
        if (!node) continue;
        flush();
        nodes.push(node);
        taken = match[0].length;
        break;
      }
    }
    if (!taken) pending += text[at];
    at += taken || 1;
  }
  flush();
  return nodes;
}

/** Undefined for an empty text. */
export function parseMarkdown(text: string): Node[] | undefined {
  if (text === "") return undefined;
  return text
    .split("\n")
    .map((line): Node => (line === "" ? { type: "LINE_BREAK" } : { type: "PARAGRAPH", value: inline(line) }));
}

/** The addresses in a text, as each release lists them. */
export function urlsIn(text: string, is8: boolean): object[] {
  const found = (text.match(/https?:\/\/[^\s<>]+/g) ?? []).filter((url) => URL.canParse(url));
  if (!is8) return found.map((url) => ({ url, meta: {} }));
  return found.filter((url) => link(url)).map((url) => ({ url, meta: {} }));
}
