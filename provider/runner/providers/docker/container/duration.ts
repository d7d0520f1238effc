/** Durations as Docker's tools write them ("1m30s"), and as the engine has them: nanoseconds. */

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** 0 for what is no duration. */
export function nanoseconds(text: unknown): number {
  if (typeof text !== "string") return 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  return Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0));
}

/** As Go writes them, which is what the provider keeps: 60 seconds are "1m0s". */
export function durationText(value: number | undefined): string {
  if (!value) return "0s";
  if (value < 1e3) return `${value}ns`;
  if (value < 1e6) return `${value / 1e3}µs`;
  if (value < 1e9) return `${value / 1e6}ms`;
  const [hours, minutes] = [Math.floor(value / 3600e9), Math.floor((value % 3600e9) / 60e9)];
  const seconds = `${(value % 60e9) / 1e9}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
