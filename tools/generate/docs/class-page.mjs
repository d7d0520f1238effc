// Writes the page of one class: a kind, a component or the provider. What differs from class to class comes from its sources.
import path from "node:path";
import { banner, code, kebab, page, section, table } from "./markdown.mjs";

const FOLDERS = { kind: "kinds", provider: "kinds", component: "components" };

export const pageOf = ({ role, name }) => `docs/${FOLDERS[role]}/${kebab(name)}.md`;

/** What stands in the column "Change": what a change of the argument in the program does. `above`: the rules of what holds it. */
function changeOf(name, rules, above) {
  if (rules === undefined) return "";
  const { replaces, local, initial } = rules;
  const isReplacing = (list) => Array.isArray(list) && list.includes(name.split(".").at(-1));
  if (replaces === true || above?.replaces === true || isReplacing(above?.replaces)) return "replaces";
  if (Array.isArray(replaces)) return `${replaces.map((member) => code(`${name}.${member}`)).join(", ")} replaces`;
  if (initial) return "counts at creation only";
  return local || above?.local ? "sends nothing" : "updates";
}

function marksOf(rules) {
  const { secret, writeOnly, refers } = rules ?? {};
  return [secret && "*Secret.*", writeOnly && "*Not read back.*", refers && `*Names a ${code(refers)}.*`].filter(
    Boolean,
  );
}

function argumentRow(row, { own, above }, modes) {
  const type = row.name === "onDestroy" && modes ? modes.map((mode) => JSON.stringify(mode)).join(" | ") : row.type;
  const standard = row.name === "onDestroy" && modes ? JSON.stringify(modes[0]) : row.standard;
  return [
    code(row.name),
    code(type),
    row.isOptional ? standard || "optional" : "**required**",
    ...(modes ? [changeOf(row.name, own, above)] : []),
    [...marksOf(own), row.text].filter(Boolean).join(" "),
  ];
}

/** Arguments that every kind has come last; those that must be given first. */
function inOrder(rows) {
  const common = (name) => ["adopt", "onDestroy"].includes(name.split(/[.[]/)[0]);
  const top = (name) => name.split(/[.[]/)[0];
  const required = new Set(
    rows.filter(({ name, isOptional }) => name === top(name) && !isOptional).map(({ name }) => name),
  );
  const rank = ({ name }) => (common(name) ? 2 : required.has(top(name)) ? 0 : 1);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

function outputRows(api, schema) {
  if (schema === undefined) return api.properties.map(({ name, type, text }) => [code(name), code(type), text]);
  const own = api.properties.filter(({ name }) => name in schema.outputs);
  const rows = own.map(({ name, type, text }) => [
    code(name),
    code(type),
    [schema.outputs[name].secret && !/\bsecret\b/i.test(text) ? "*Secret.*" : "", text].filter(Boolean).join(" "),
  ]);
  return [
    ...rows,
    [code("serverUrl"), code("string"), "Address of the server that holds the object."],
    [code("workspaceId"), code("string"), "The workspace's unique id; stays the same when the address changes."],
  ];
}

/** Which of the comment's paragraphs belongs where. */
function sort(text) {
  const [purpose = "", ...rest] = text;
  const is = (pattern) => (paragraph) => pattern.test(paragraph);
  const permissions = rest.filter(is(/^(Needs|It needs|Permissions)\b(?! the package)/));
  const destroy = rest.filter(is(/^(When (it|one) is removed|Removing)\b/));
  return { purpose, permissions, destroy, remarks: rest.filter((one) => ![...permissions, ...destroy].includes(one)) };
}

function adoption({ name, hasGet }, handler) {
  if (handler === undefined) return "";
  const keys = handler.schema.document.keys.map(code).join(" and ");
  const foundBy = keys === "" ? "" : `, found by ${keys}`;
  return [
    handler.existingIsOurs
      ? `What is there already${foundBy}, is managed from then on; ${code("adopt")} changes nothing about that.`
      : `${code("adopt: true")} takes over an object that is there already${foundBy}; without it, one that is alive is a conflict.`,
    hasGet
      ? `${code(`rocketchat.${name}.get(name, id)`)} reads an object that the program does not manage, by its id.`
      : "",
  ]
    .join(" ")
    .trim();
}

/** Other classes that the arguments name, or the examples use. */
function related(api, rules, all) {
  const named = new Set(api.args.map(({ name }) => rules(name)?.refers).filter(Boolean));
  for (const { code: text } of api.examples)
    for (const [, name] of text.matchAll(/rocketchat\.(\w+)\(/g)) named.add(name);
  named.delete(api.name);
  const from = path.posix.dirname(pageOf(api));
  return all
    .filter(({ name }) => named.has(name))
    .map((other) => `[${other.name}](${path.posix.relative(from, pageOf(other))})`);
}

/** The rules of an argument and of what holds it. */
const rulesAt = (rules, name) => ({
  own: rules(name),
  above: name.includes(".") ? rules(name.slice(0, name.lastIndexOf(".")).replace(/\[\]$/, "")) : undefined,
});

/** `handler`: a kind's, undefined for other classes. `rules(name)`: the field rules of an argument. `examples`: folders. */
export function classPage(api, { handler, rules, all, examples: folders }) {
  const schema = handler?.schema;
  const { purpose, permissions, destroy, remarks } = sort(api.text);
  const from = path.posix.dirname(pageOf(api));
  const link = (target) => path.posix.relative(from, target);
  const head = schema
    ? ["Argument", "Type", "Default", "Change", "Meaning"]
    : ["Argument", "Type", "Default", "Meaning"];
  const rows = inOrder(api.args).map((row) => argumentRow(row, rulesAt(rules, row.name), schema?.destroy));
  const examples = api.examples.flatMap(({ title, code: text }) => [title === "" ? "" : `### ${title}`, text]);
  const whole = folders.map((folder) => `[examples/${folder}](${link(`examples/${folder}`)})`).join(", ");
  const source = `[${api.file}](${link(api.file)})`;
  return page(
    banner(api.file),
    `# ${api.name}`,
    purpose,
    remarks,
    section("Examples", examples, whole === "" ? "" : `A program that runs: ${whole}`),
    section(
      "Arguments",
      schema
        ? "What is not declared is neither compared nor changed. `updates`: in place; `replaces`: a new object."
        : "",
      table(head, rows),
    ),
    section(
      "Outputs",
      schema ? "All arguments, and:" : "",
      table(["Output", "Type", "Meaning"], outputRows(api, schema)),
    ),
    section(
      "When it leaves the program",
      destroy,
      schema
        ? `${code("onDestroy")}: ${schema.destroy.map((mode, i) => `${code(JSON.stringify(mode))}${i === 0 ? " (default)" : ""}`).join(", ")}.`
        : "",
    ),
    section("Permissions", permissions),
    section("What is there already", adoption(api, handler)),
    section("Related", [...related(api, rules, all), source].join(" · ")),
  );
}
