/** Labels between the provider's form (a list) and the engine's (an object). */
import { isObject, type Properties } from "../../values.ts";

export const objectsOf = (value: unknown): Properties[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const textsOf = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;

export function labelsOf(labels: unknown): Record<string, string> {
  return Object.fromEntries(objectsOf(labels).map(({ label, value }) => [String(label), String(value)]));
}

export function labelList(labels: Record<string, string> | null | undefined): Properties[] {
  return Object.entries(labels ?? {}).map(([label, value]) => ({ label, value }));
}
