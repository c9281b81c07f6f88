/** What is done with goods at a till besides selling them. */
export const PARTS = ["arrivals", "count", "waste", "elsewhere"] as const;
export type GoodsPart = (typeof PARTS)[number];

/** The part that an address asks for; what arrives, where it asks for none. */
export const partOf = (asked: unknown): GoodsPart => PARTS.find((part) => part === asked) ?? "arrivals";

/** Something that can be counted or thrown away, with its name as people say it. */
export type Picked = { readonly sku: string; readonly name: string };

/** How many of what, in the order in which it was named. */
export type GoodsLines = readonly (Picked & { readonly quantity: number })[];

/** The lines with one more unit of something. */
export function withOneMore(lines: GoodsLines, picked: Picked): GoodsLines {
  if (!lines.some(({ sku }) => sku === picked.sku)) return [...lines, { ...picked, quantity: 1 }];
  return lines.map((line) => (line.sku === picked.sku ? { ...line, quantity: line.quantity + 1 } : line));
}

/** The lines with another quantity of something; 0 takes it out. */
export function withUnits(lines: GoodsLines, sku: string, quantity: number): GoodsLines {
  return quantity === 0 ? lines.filter((line) => line.sku !== sku) : lines.map((line) => (line.sku === sku ? { ...line, quantity } : line));
}
