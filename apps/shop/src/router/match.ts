/** The parameters of a path pattern: `/products/:id` has `{ id: string }`. */
export type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [Key in Name]: string } & ParamsOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { readonly [Key in Name]: string }
    : unknown;

/** Which pattern an address met, and what it carries. */
export type Match<Name extends string> = { readonly name: Name; readonly params: Readonly<Record<string, string>> };

/**
 * Finds the first pattern that an address meets, in the order of the table, so that `/orders/new` may stand before `/orders/:id`.
 * A trailing slash does not count; a parameter is one segment, decoded. An address that nothing meets answers undefined.
 */
export function matchPath<Name extends string>(patterns: Readonly<Record<Name, string>>, path: string): Match<Name> | undefined {
  // The names of the table are its own keys.
  for (const name of Object.keys(patterns) as Name[]) {
    const params = matchPattern(segmentsOf(patterns[name]), segmentsOf(path));
    if (params) return { name, params };
  }
  return undefined;
}

function matchPattern(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const given = path[index] ?? "";
    if (!wanted.startsWith(":")) {
      if (wanted !== given) return undefined;
      continue;
    }
    const value = decoded(given);
    if (value === undefined) return undefined;
    params[wanted.slice(1)] = value;
  }
  return params;
}

/** The address of a pattern: `fillPath("/products/:id", { id: "a b" })` is `/products/a%20b`. */
export function fillPath(pattern: string, params: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/** Undefined for an escape that is none (`%E0%A4`): such an address is not found instead of breaking the page. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
