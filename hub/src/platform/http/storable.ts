/**
 * The path of the first text that the database cannot hold: one with U+0000, or with half of a surrogate pair. JSON can carry both, so
 * without this a hostile body would end as an error of the server. Undefined when all is well.
 */
export function unstorablePath(value: unknown, path: string): string | undefined {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed() ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = unstorablePath(key, path) ?? unstorablePath(inner, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
