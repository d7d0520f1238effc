// What is looked for in a page, in the page itself: a script's text. Each finding is one line.
function inspect() {
  const found = [];
  const nameOf = (element) =>
    `<${element.localName}${element.className ? ` class="${element.className}"` : ""}> ${element.textContent.trim().slice(0, 60)}`;
  const shown = [...document.body.querySelectorAll("*")].filter((element) => element.checkVisibility());
  const hidden = (element) => element.closest(".aside") !== null;

  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} wide, the window ${innerWidth}`);
  for (const element of shown) {
    if (hidden(element)) continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    const scrolls = (overflowX === "auto" || overflowX === "scroll") && element.tabIndex >= 0;
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth && !scrolls)
      found.push(`too wide: ${nameOf(element)}`);
    if (overflowX === "hidden" || textOverflow === "ellipsis") found.push(`may clip: ${nameOf(element)}`);
  }

  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = channels(color).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (channels(backgroundColor)[3] !== 0) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  let least = 21;
  for (const element of shown) {
    if (hidden(element) || ![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
      continue;
    const [one, other] = [light(getComputedStyle(element).color), light(paper(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    least = Math.min(least, contrast);
    if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(2)}: ${nameOf(element)}`);
  }

  const links = shown.filter((element) => element.localName === "a" || element.localName === "summary");
  for (const link of links) {
    link.focus();
    const { outlineStyle, outlineWidth } = getComputedStyle(link);
    if (document.activeElement !== link) found.push(`can't be focused: ${nameOf(link)}`);
    else if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 1)
      found.push(`focus can't be seen: ${nameOf(link)}`);
    if (link.localName === "a" && document.querySelector(link.getAttribute("href")) === null)
      found.push(`leads nowhere: ${nameOf(link)}`);
  }
  document.activeElement?.blur();
  return { found, least };
}

export const INSPECT = `(${inspect})()`;

/** The accessibility tree as indented lines "role: name", without what says nothing. */
export function treeOf(nodes) {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = [];
  const SILENT = ["generic", "none", "StaticText", "InlineTextBox", "ListMarker", "paragraph"];
  const walk = (node, depth) => {
    const role = node.role?.value ?? "none";
    const name = node.name?.value ?? "";
    const told = !node.ignored && (!SILENT.includes(role) || (role === "StaticText" && name.trim() !== ""));
    const level = node.properties?.find((property) => property.name === "level")?.value.value;
    if (told)
      lines.push(
        `${"  ".repeat(depth)}${role}${level && role === "heading" ? ` ${level}` : ""}${name ? `: ${name}` : ""}`,
      );
    for (const id of node.childIds ?? []) {
      const child = byId.get(id);
      if (child) walk(child, depth + (told ? 1 : 0));
    }
  };
  const [root] = nodes;
  if (root) walk(root, 0);
  return lines;
}
