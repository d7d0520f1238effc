// Writes the page of all functions that programs can call, by the folder they are from.
import { banner, code, page, section, table } from "./markdown.mjs";

export const FUNCTIONS_PAGE = "docs/functions.md";

const parameterText = ({ name, type, isOptional }) => `${name}${isOptional ? "?" : ""}: ${type}`;

function one({ name, text, examples, parameters, result, file }, hasOutputForm) {
  const rows = parameters.flatMap((parameter) =>
    parameter.rows.map((row) => [
      code(`${parameter.name}.${row.name}`),
      code(row.type),
      row.isOptional ? row.standard || "optional" : "**required**",
      row.text,
    ]),
  );
  const results = result.rows.map((row) => [code(row.name), code(row.type), row.text]);
  return [
    `### ${name}`,
    code(`${name}(${parameters.map(parameterText).join(", ")}): ${result.type}`),
    ...text,
    hasOutputForm ? `${code(`${name}Output`)} takes outputs of resources as arguments and gives an output.` : "",
    ...examples.flatMap(({ title, code: block }) => [title === "" ? "" : `**${title}**`, block]),
    table(["Argument", "Type", "Default", "Meaning"], rows),
    results.length === 0 ? "" : "Gives:",
    table(["Member", "Type", "Meaning"], results),
    `[${file}](../${file})`,
  ];
}

const TITLES = [
  ["provider/functions/", "Look-ups"],
  ["provider/webhooks/", "Webhooks"],
  ["provider/client/realtime/", "Realtime"],
  ["provider/", "Others"],
];

export function functionsPage(functions) {
  const names = new Set(functions.map(({ name }) => name));
  const isOutputForm = ({ name }) => name.endsWith("Output") && names.has(name.slice(0, -"Output".length));
  const groups = TITLES.map(([, title], at) => [
    title,
    functions.filter(
      (each) => !isOutputForm(each) && TITLES.findIndex(([prefix]) => each.file.startsWith(prefix)) === at,
    ),
  ]);
  const overview = groups.flatMap(([, members]) =>
    members.map(({ name, text }) => [`[${name}](#${name.toLowerCase()})`, text[0] ?? ""]),
  );
  return page(
    banner("the package's exported functions"),
    "# Functions",
    "What a program calls while it runs: look-ups, and what goes to and comes from a workspace beside its resources.",
    table(["Function", "What it does"], overview),
    groups.flatMap(([title, members]) =>
      section(
        title,
        members.flatMap((each) => one(each, names.has(`${each.name}Output`))),
      ),
    ),
  );
}
