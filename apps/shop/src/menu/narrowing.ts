/** How the results of a search are narrowed down, as it stands in the address: so that they can be sent to someone as they are seen. */
export type Narrowing = {
  readonly inStock?: "true";
  readonly categoryId?: string;
  readonly priceFrom?: number;
  readonly priceTo?: number;
  readonly without?: string;
  readonly option?: string;
};

const KEYS = { stock: "stock", category: "category", price: "price", without: "without", option: "option" } as const;

/** What an address says of it; what it cannot mean counts as nothing. */
export function narrowingIn(search: URLSearchParams): Narrowing {
  const [, from, to] = /^(\d{1,9})-(\d{1,9})?$/.exec(search.get(KEYS.price) ?? "") ?? [];
  const [category, without, option] = [search.get(KEYS.category), search.get(KEYS.without), search.get(KEYS.option)];
  return {
    ...(search.get(KEYS.stock) === "here" && { inStock: "true" as const }), // the contract knows "true" and "false"
    ...(category !== null && /^[0-9a-f-]{36}$/.test(category) && { categoryId: category }),
    ...(from !== undefined && { priceFrom: Number(from) }),
    ...(to !== undefined && { priceTo: Number(to) }),
    ...(without !== null && /^[\w,-]{1,200}$/.test(without) && { without }),
    ...(option !== null && /^[\w-]{1,60}\.[\w-]{1,60}$/.test(option) && { option }),
  };
}

/** The address with one narrowing set, or taken off where it stands so already. */
export function toggled(search: URLSearchParams, key: keyof typeof KEYS, value: string): string {
  const next = new URLSearchParams(search);
  if (next.get(KEYS[key]) === value) next.delete(KEYS[key]);
  else next.set(KEYS[key], value);
  return `/?${next}`;
}

export const isNarrowed = (narrowing: Narrowing): boolean => Object.keys(narrowing).length > 0;
