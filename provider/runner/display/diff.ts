/** `--diff`: what changes in one resource, property by property, as the CLI shows it. Secrets as [secret]. */
import type { StepInfo } from "../events.ts";
import { isDefaultProvider, packageOf, parseProviderReference, parseUrn, STACK_TYPE, typeOf } from "../urn.ts";
import type { Properties } from "../values.ts";
import { showChanges } from "./changes.ts";
import { type Paint, unpainted } from "./paint.ts";
import { isShown, show, spaces, widest } from "./values.ts";
import { wordsOf } from "./words.ts";

/** What has details: not what stays, but for the stack, which is their head; and of a replacement not its two halves. */
export function isDetail({ op, urn }: StepInfo): boolean {
  if (op === "same") return typeOf(urn) === STACK_TYPE;
  return op !== "create-replacement" && op !== "delete-replaced" && !isDefaultProvider(urn);
}

export function diffText(step: StepInfo, planned = true, paint: Paint = unpainted): string {
  const { old, next, urn, op } = step;
  const { symbol, plan, color } = wordsOf(op);
  const id = next?.id || old?.id;
  const state = next ?? old;
  const indent = 4 * (state?.parent ? parseUrn(urn).qualifiedType.split("$").length : 0);
  const inner = spaces(indent + 4);
  const head = [
    `${spaces(indent)}${symbol}${typeOf(urn)}: (${plan || op})${state?.protect ? " 🔒" : ""}`,
    ...(id ? [`${inner}[id=${id}]`] : []),
    `${inner}[urn=${urn}]`,
    ...providerLine(state?.provider).map((line) => inner + line),
  ];
  const outputs = planned ? [] : outputLines(step, indent + 4, paint);
  return [
    ...head.map((line) => paint(color, line)),
    ...properties(step, indent + 4, paint),
    ...(outputs.length > 0 ? [`${inner}--outputs:--`, ...outputs] : []),
  ].join("\n");
}

/** Only a provider that the program chose says anything. */
function providerLine(reference: string | undefined): string[] {
  if (reference === undefined) return [];
  const { urn } = parseProviderReference(reference);
  const isDefault = urn.endsWith(`pulumi:providers:${packageOf(typeOf(urn))}::default`);
  return isDefault ? [] : [`[provider=${reference}]`];
}

function properties({ op, old, next, keys }: StepInfo, column: number, paint: Paint): string[] {
  if (op === "create") return all(next?.inputs, column, (line) => paint("green", line));
  if (op === "delete") return all(old?.inputs, column, (line) => paint("red", line));
  if (op !== "update" && op !== "replace") return [];
  // A refresh compares what the server has, which may be more than the inputs.
  const only = (values: Properties) => Object.fromEntries(Object.entries(values).filter(([key]) => key in keys));
  const [before, after] = [only({ ...old?.outputs, ...old?.inputs }), only({ ...next?.outputs, ...next?.inputs })];
  return showChanges(before, after, { column, paint });
}

/** What the call gave beyond what was asked for. */
function outputLines({ op, old, next }: StepInfo, column: number, paint: Paint): string[] {
  const beyond = (state: StepInfo["next"]) =>
    Object.fromEntries(Object.entries(state?.outputs ?? {}).filter(([key]) => !(key in (state?.inputs ?? {}))));
  if (op === "create") return all(beyond(next), column, (line) => paint("green", line));
  return op === "update" ? showChanges(beyond(old), beyond(next), { column, paint }) : [];
}

function all(values: Properties = {}, column: number, paint: (line: string) => string): string[] {
  const keys = Object.keys(values).filter(isShown).sort();
  const width = widest(keys);
  return keys
    .flatMap((key) => `${spaces(column)}${key.padEnd(width)}: ${show(values[key], column)}`.split("\n"))
    .map(paint);
}
