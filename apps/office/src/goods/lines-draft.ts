import type { LocalizedText } from "@weft/contracts/client";

/** A line that somebody writes down: how many of what. */
export type DraftLine = { readonly sku: string; readonly name: LocalizedText | null; readonly quantity: number };

/** The lines with one more: the same goods twice are one line with both. */
export function withLine(lines: readonly DraftLine[], added: DraftLine): DraftLine[] {
  const known = lines.find(({ sku }) => sku === added.sku);
  if (!known) return [...lines, added];
  return lines.map((line) => (line === known ? { ...line, quantity: line.quantity + added.quantity } : line));
}

/** The lines with another quantity of one; 0 takes it out. */
export function withQuantity(lines: readonly DraftLine[], sku: string, quantity: number): DraftLine[] {
  return quantity === 0 ? lines.filter((line) => line.sku !== sku) : lines.map((line) => (line.sku === sku ? { ...line, quantity } : line));
}

/** The lines as the hub takes them. */
export const unitsOf = (lines: readonly DraftLine[]): { sku: string; quantity: number }[] =>
  lines.map(({ sku, quantity }) => ({ sku, quantity }));
