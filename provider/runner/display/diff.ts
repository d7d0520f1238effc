/** `--diff`: what changes in one resource, property by property. Secrets as [secret]. */
import type { StepInfo } from "../events.ts";
import { isDefaultProvider, packageOf, parseProviderReference, typeOf } from "../urn.ts";
import { showChanges } from "./values.ts";
import { wordsOf } from "./words.ts";

/** What has details: not what stays, and of a replacement not its two halves. */
export function isDetail({ op, urn }: StepInfo): boolean {
  return op !== "same" && op !== "create-replacement" && op !== "delete-replaced" && !isDefaultProvider(urn);
}

export function diffText(step: StepInfo): string {
  const { old, next, urn, op } = step;
  const { symbol, plan } = wordsOf(op);
  const id = next?.id ?? old?.id;
  return [
    `  ${symbol} ${typeOf(urn)}: (${plan})`,
    ...(id ? [`        [id=${id}]`] : []),
    `        [urn=${urn}]`,
    ...providerLine(next?.provider ?? old?.provider),
    ...properties(step).flatMap((text) => text.split("\n").map((line) => `    ${line}`)),
  ].join("\n");
}

/** Only a provider that the program chose says anything. */
function providerLine(reference: string | undefined): string[] {
  if (reference === undefined) return [];
  const { urn } = parseProviderReference(reference);
  const isDefault = urn.endsWith(`pulumi:providers:${packageOf(typeOf(urn))}::default`);
  return isDefault ? [] : [`        [provider=${urn}]`];
}

function properties({ op, old, next, keys }: StepInfo): string[] {
  if (op === "create") return showChanges({}, next?.inputs ?? {});
  if (op === "delete" || op === "delete-replaced" || op === "discard" || op === "read") return [];
  // A refresh compares what the server has, which may be more than the inputs.
  const only = (values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => key in keys));
  return showChanges(only({ ...old?.outputs, ...old?.inputs }), only({ ...next?.outputs, ...next?.inputs }));
}
