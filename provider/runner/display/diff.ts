/** `--diff`: what changes in one resource, property by property. Secrets as [secret]. */
import type { StepInfo } from "../events.ts";
import { nameOf, typeOf } from "../urn.ts";
import { show } from "./values.ts";
import { wordsOf } from "./words.ts";

export function diffText(step: StepInfo): string {
  const { old, next } = step;
  const { symbol, plan } = wordsOf(step.op);
  const id = next?.id ?? old?.id;
  const lines = [
    `    ${symbol} ${typeOf(step.urn)}: (${plan})`,
    ...(id ? [`        [id=${id}]`] : []),
    `        [urn=${step.urn}]`,
    ...properties(step).map((line) => `      ${line}`),
  ];
  return lines.length > 0 ? lines.join("\n") : nameOf(step.urn);
}

function properties({ op, old, next, keys }: StepInfo): string[] {
  if (op === "create") {
    const inputs = Object.entries(next?.inputs ?? {}).filter(([key]) => key !== "__provider");
    return lined(inputs.map(([key, value]) => ["+", key, show(value, 2)]));
  }
  if (op === "delete" || op === "delete-replaced" || op === "discard") return [];
  // A refresh compares what the server has, which may be more than the inputs.
  const [before, after] = [
    { ...old?.outputs, ...old?.inputs },
    { ...next?.outputs, ...next?.inputs },
  ];
  return lined(
    Object.entries(keys).map(([key, kind]) => {
      if (kind === "add") return ["+", key, show(after[key], 2)];
      if (kind === "delete") return ["-", key, show(before[key], 2)];
      return ["~", key, `${show(before[key], 2)} => ${show(after[key], 2)}`];
    }),
  );
}

function lined(rows: [sign: string, key: string, text: string][]): string[] {
  const width = Math.max(0, ...rows.map(([, key]) => key.length));
  return rows.map(([sign, key, text]) => `${sign} ${key.padEnd(width)}: ${text}`);
}
