/** Says whether `name` matches one of `patterns`, where `*` stands for any run of characters. */
export function matchesName(name: string | null, patterns: readonly string[]): boolean {
  return name !== null && patterns.some((pattern) => matchesPattern(name, pattern));
}

/** Each part between stars is looked for after the one before it: linear, whatever the pattern. */
function matchesPattern(name: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= name.length - last.length;
}
