/** Tells what the body of an answer is: JSON, a proxy's HTML page, cut off, empty, or other text. Judges nothing. */

export type Content =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "html" }
  | { readonly kind: "cut" }
  | { readonly kind: "empty" }
  | { readonly kind: "text"; readonly text: string };

export function readContent(body: string, contentType: string | undefined): Content {
  const text = body.trim();
  if (text === "") return { kind: "empty" };
  if (/^<(!doctype|html|head|body|\?xml)/i.test(text) || (text.startsWith("<") && /html/i.test(contentType ?? ""))) {
    return { kind: "html" };
  }
  const isDeclared = /\bjson\b/i.test(contentType ?? "");
  if (!isDeclared && !/^[{[]/.test(text)) return { kind: "text", text };
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    return { kind: "cut" };
  }
}
