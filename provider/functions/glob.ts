/** Names by pattern: `*` stands for any text, `?` for one character; case does not count. */
export function globMatcher(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const text = pattern
    .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  const expression = new RegExp(`^${text}$`, "isu");
  return (name) => expression.test(name);
}
