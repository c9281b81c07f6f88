import type { CartLineView, CartView } from "@weft/contracts/client";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { addMoney, lineTotal, type Money, type UnitPrice } from "@weft/kernel";
import type { LineHint, Pending } from "./basket.ts";

/** A line as the reader sees it: the hub's, changed by what they did since. `line` is null until the hub knows it. */
export type ShownLine = LineHint & {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  /** Without the deposit on its packaging, which is shown apart. */
  readonly total: Money | null;
  readonly line: CartLineView | null;
};

/** The cart as the reader sees it now. While `isSettled` is false the total is ours; the hub's answer replaces it. */
export type ShownCart = {
  readonly lines: readonly ShownLine[];
  readonly total: Money | null;
  readonly isSettled: boolean;
  readonly itemCount: number;
};

/**
 * Shows what was done here at once, before the hub has answered [SHC-1]: lines are added, changed and removed as the hub will do it.
 * Discounts are the hub's to say, so they stay as they were.
 */
export function showCart(cart: CartView | undefined, pending: readonly Pending[]): ShownCart {
  let lines = (cart?.lines ?? []).map(shownLine);
  for (const change of pending) lines = applyPending(lines, change);
  const isSettled = pending.length === 0;
  const total = isSettled ? (cart?.totals.total ?? null) : sumOf(lines);
  return { lines, total, isSettled, itemCount: lines.reduce((sum, { quantity, unitPrice }) => sum + countOf(quantity, unitPrice), 0) };
}

function shownLine(line: CartLineView): ShownLine {
  const { id, sku, name, pictureUrl, unitPrice, options, quantity, note } = line;
  const said = note === undefined ? {} : { note };
  return { id, sku, name, pictureUrl, unitPrice, options, quantity, ...said, total: unitPrice === null ? null : goodsTotal(line), line };
}

function applyPending(lines: readonly ShownLine[], { operation, hint }: Pending): ShownLine[] {
  if (operation.kind === "remove") return lines.filter(({ id }) => id !== operation.lineId);
  if (operation.kind === "setQuantity") {
    const changed = lines.map((line) => (line.id === operation.lineId ? withQuantity(line, operation.quantity) : line));
    return changed.filter(({ quantity }) => quantity > 0);
  }
  if (operation.kind === "setNote") return lines.map((line) => (line.id === operation.lineId ? withNote(line, operation.note) : line));
  if (operation.kind !== "add" || hint === undefined) return [...lines];
  const same = lines.find(
    (line) => line.sku === operation.sku && line.note === operation.note && choicesOf(line.options) === choicesOf(hint.options),
  );
  if (same) return lines.map((line) => (line === same ? withQuantity(line, line.quantity + operation.quantity) : line));
  const fresh: ShownLine = { ...hint, id: operation.lineId ?? operation.id, sku: operation.sku, quantity: 0, total: null, line: null };
  return [...lines, withQuantity(fresh, operation.quantity)];
}

function withQuantity(line: ShownLine, quantity: number): ShownLine {
  const total = line.unitPrice && { amount: lineTotal(line.unitPrice, quantity), currency: line.unitPrice.currency };
  return { ...line, quantity, total };
}

function withNote({ note: _, ...line }: ShownLine, note: string | null): ShownLine {
  return note === null ? line : { ...line, note };
}

/** What is said about the whole, with what was written since. */
export function noteOf(cart: CartView, pending: readonly Pending[]): string | undefined {
  const said = pending.findLast(({ operation }) => operation.kind === "setNote" && operation.lineId === null)?.operation;
  return said?.kind === "setNote" ? (said.note ?? undefined) : cart.note;
}

/** The same choices in whatever order they were made. */
function choicesOf(options: ShownLine["options"]): string {
  return options
    .map(({ group, value }) => `${group}=${value}`)
    .sort()
    .join();
}

function sumOf(lines: readonly ShownLine[]): Money | null {
  const totals = lines.flatMap(({ total, line, quantity }) => {
    if (!total) return [];
    return { ...total, amount: total.amount + (line?.deposit?.each.amount ?? 0) * quantity };
  });
  const [first, ...rest] = totals;
  return first ? rest.reduce(addMoney, first) : null;
}

/** What is weighed counts as one item, however many grams it has. */
function countOf(quantity: number, unitPrice: UnitPrice | null): number {
  return unitPrice?.per.unit === "gram" ? 1 : quantity;
}
