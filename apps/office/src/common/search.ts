/** What stands behind the question mark of an address, as the router reads it: values that look like JSON are not texts. */
export type RawSearch = Readonly<Record<string, unknown>>;

/** A filter of the address as a text; absent when it is empty. A number typed as a filter comes back as the text it was. */
export function textIn(search: RawSearch, name: string): string | undefined {
  const value = search[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A filter of the address that is one of a few; anything else counts as not set. */
export function oneOfIn<const Value extends string>(search: RawSearch, name: string, values: readonly Value[]): Value | undefined {
  return values.find((value) => value === search[name]);
}
