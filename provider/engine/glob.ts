/** Names by pattern: `*` stands for any text, `?` for one character, everything else for itself. */
export function globMatcher(pattern: string, options: { ignoreCase?: boolean } = {}): (name: string) => boolean {
  const text = pattern
    .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${text}$`, options.ignoreCase ? "isu" : "su");
  return (name) => expression.test(name);
}
