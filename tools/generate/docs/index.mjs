// The reference in docs/: a page per kind and component, one for functions, and the table of contents. New kinds need no line here.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { classPage, pageOf } from "./class-page.mjs";
import { FUNCTIONS_PAGE, functionsPage } from "./functions-page.mjs";
import { banner, code, kebab, page, section, table } from "./markdown.mjs";

/** Everything in these folders is generated: what no class accounts for is left over. */
const FOLDERS = ["docs/kinds", "docs/components"];
const INDEX = "docs/README.md";

const provider = (root, file) => import(pathToFileURL(path.join(root, "provider", file)).href);

/** The field rules along a row's name, `as.password` or `attachments[].text`. */
function ruleReader({ rulesOf, unwrap }) {
  return (handler) => (name) => {
    if (handler === undefined) return undefined;
    let type = handler.schema.inputs;
    for (const part of name.replaceAll("[]", "").split(".")) {
      let inner = unwrap(type);
      while (inner.element !== undefined) inner = unwrap(inner.element);
      type = inner.shape?.[part];
      // adopt and onDestroy are the engine's; members of unions have no rules of their own.
      if (type === undefined) return ["adopt", "onDestroy"].includes(name) ? { local: true } : undefined;
    }
    return rulesOf(type);
  };
}

/** The folders of examples about a class: the one of its name, else those that use it. */
function exampleFinder(root) {
  const folder = path.join(root, "examples");
  const programs = readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, "index.ts")))
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(folder, name, "index.ts"), "utf8") }));
  return (className) => {
    const own = programs.filter(({ name }) => name === kebab(className));
    const using = programs.filter(({ text }) => text.includes(`new rocketchat.${className}(`));
    return (own.length > 0 ? own : using).map(({ name }) => name);
  };
}

const headingOf = (file) => /^# (.*)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? path.basename(file);

function contents(root, { classes, functions }) {
  const rows = (role) =>
    classes
      .filter((each) => role.includes(each.role))
      .map((each) => [`[${each.name}](${pageOf(each).replace("docs/", "")})`, each.text[0] ?? ""]);
  const guides = readdirSync(path.join(root, "docs"))
    .filter((name) => name.endsWith(".md") && ![INDEX, FUNCTIONS_PAGE].includes(`docs/${name}`))
    .sort()
    .map((name) => `- [${headingOf(path.join(root, "docs", name))}](${name})`);
  return page(
    banner("the pages of this folder"),
    "# Documentation",
    section("Guides", guides.join("\n")),
    section("Kinds", table(["Kind", "What it is"], rows(["kind", "provider"]))),
    section(
      "Components",
      "Several resources declared as one.",
      table(["Component", "What it is"], rows(["component"])),
    ),
    functions.length === 0
      ? ""
      : section(
          "Functions",
          `[What they take and give](functions.md): ${functions
            .filter(({ name }) => !name.endsWith("Output"))
            .map(({ name }) => code(name))
            .join(", ")}.`,
        ),
  );
}

/** Every page as `{ file, text }`. `api`: what `readApi` gives. */
export async function docsPages(root, api) {
  const { handlers } = await provider(root, "kinds/handlers.ts");
  const rules = ruleReader(await provider(root, "engine/schema.ts"));
  const examples = exampleFinder(root);
  const pages = api.classes.map((each) => {
    const handler = each.role === "kind" ? handlers.get(each.name) : undefined;
    return {
      file: pageOf(each),
      text: classPage(each, { handler, rules: rules(handler), all: api.classes, examples: examples(each.name) }),
    };
  });
  if (api.functions.length > 0) pages.push({ file: FUNCTIONS_PAGE, text: functionsPage(api.functions) });
  return [...pages, { file: INDEX, text: contents(root, api) }];
}

/** Files in the generated folders that no class accounts for. */
export function leftOver(root, pages) {
  const wanted = new Set(pages.map(({ file }) => file));
  return FOLDERS.filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((file) => !wanted.has(file));
}
