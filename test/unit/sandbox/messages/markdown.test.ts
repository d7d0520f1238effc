/** The parsed form of texts. */
import { describe, expect, it } from "vitest";
import { parseMarkdown, urlsIn } from "../../../../provider/sandbox/messages/markdown.ts";

const plain = (value: string) => ({ type: "PLAIN_TEXT", value });
const paragraph = (...value: object[]) => [{ type: "PARAGRAPH", value }];

describe("the parsed text of a message", () => {
  it("is absent for an empty one", () => {
    expect(parseMarkdown("")).toBeUndefined();
  });

  it.each([
    ["*b* x", paragraph({ type: "BOLD", value: [plain("b")] }, plain(" x"))],
    ["~s~", paragraph({ type: "STRIKE", value: [plain("s")] })],
    ["`a *b*`", paragraph({ type: "INLINE_CODE", value: plain("a *b*") })],
    ["*a _b_*", paragraph({ type: "BOLD", value: [plain("a "), { type: "ITALIC", value: [plain("b")] }] })],
    ["2*3*4", paragraph(plain("2*3*4"))],
    ["snake_case_name", paragraph(plain("snake_case_name"))],
    ["mail@host", paragraph(plain("mail@host"))],
    ["(@ann)", paragraph(plain("("), { type: "MENTION_USER", value: plain("ann") }, plain(")"))],
  ])("of %s", (text, nodes) => {
    expect(parseMarkdown(text)).toEqual(nodes);
  });

  it("goes line by line", () => {
    expect(parseMarkdown("a\n\nb")).toEqual([
      ...paragraph(plain("a")),
      { type: "LINE_BREAK" },
      ...paragraph(plain("b")),
    ]);
  });

  it("links addresses under names that exist, each release in its way", () => {
    const url = "https://rocket.chat/docs";
    expect(parseMarkdown(url)).toEqual(paragraph({ type: "LINK", value: { src: plain(url), label: [plain(url)] } }));
    expect(urlsIn(`${url} https://example.test/x`, true)).toEqual([{ url, meta: {} }]);
    expect(urlsIn("https://example.test/x", false)).toEqual([{ url: "https://example.test/x", meta: {} }]);
  });
});
