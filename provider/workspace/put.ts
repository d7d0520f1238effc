/** Puts a value at a path inside inputs; what it is put into is not changed. */

export function put(inputs: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(inputs)) return inputs.map((item, index) => (index === step ? put(item, rest, value) : item));
  const map = inputs as Record<string, unknown>;
  return { ...map, [step]: put(map[step], rest, value) };
}
