import type { BusinessDate, Id, PlaceId, StaffId, VariantId } from "@weft/kernel";

export type DocumentId = Id<"stock document">;
export type DocumentLineId = Id<"stock document line">;

export type DocumentKind = "delivery" | "waste" | "transfer" | "count";
/** `open`: a count that goes on; `in_transit`: a transfer that has left and not arrived. */
export type DocumentState = "open" | "in_transit" | "done" | "discarded";

/** Why goods are thrown away. */
export const WASTE_REASONS = ["out_of_date", "broken", "spoiled", "lost", "other"] as const;
export type WasteReason = (typeof WASTE_REASONS)[number];

/** Goods that came, went, travel or are counted, without their lines. */
export type StockDocument = {
  readonly id: DocumentId;
  readonly number: number;
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly placeId: PlaceId;
  /** Of a transfer: where the goods come from. */
  readonly fromPlaceId: PlaceId | null;
  readonly partner: string | null;
  readonly reason: WasteReason | null;
  readonly note: string | null;
  /** Of a transfer: the day on which it is expected. */
  readonly expectedOn: BusinessDate | null;
  readonly createdAt: Date;
  readonly createdBy: StaffId | null;
  readonly createdByName: string | null;
  readonly doneAt: Date | null;
  readonly doneByName: string | null;
};

export type DocumentLine = {
  readonly id: DocumentLineId;
  readonly variantId: VariantId;
  /** Delivered, thrown away, sent or counted. */
  readonly quantity: number;
  /** Of a transfer: what arrived; null on the way. */
  readonly received: number | null;
  /** Of a count: what was on hand when it was counted. */
  readonly startedFrom: number | null;
  /** Of a count: whether the line is booked. */
  readonly isBooked: boolean;
};

/** Units of a variant, as somebody names them for a document. */
export type WantedUnits = { readonly variantId: VariantId; readonly quantity: number };

/** A level as it is under its lock; `unpromised` = on hand without what carts and orders were promised. */
export type LockedLevel = { readonly variantId: VariantId; readonly onHand: number; readonly unpromised: number };

/** What the same variant stands for several times is one line. */
export function inOneLineEach(wanted: readonly WantedUnits[]): WantedUnits[] {
  const sums = new Map<VariantId, number>();
  for (const { variantId, quantity } of wanted) sums.set(variantId, (sums.get(variantId) ?? 0) + quantity);
  return [...sums].map(([variantId, quantity]) => ({ variantId, quantity }));
}

/**
 * What keeps goods from being sent away, the first of it [STK-10]: a variant without a level, or units that are promised to somebody.
 * Safety stock may travel: it is kept back from customers, not from another store.
 */
export function shortToSend(
  wanted: readonly WantedUnits[],
  levels: readonly LockedLevel[],
): (WantedUnits & { readonly available: number | null }) | undefined {
  const known = new Map(levels.map((level) => [level.variantId, level]));
  for (const units of wanted) {
    const level = known.get(units.variantId);
    if (!level) return { ...units, available: null };
    if (level.unpromised < units.quantity) return { ...units, available: Math.max(0, level.unpromised) };
  }
  return undefined;
}

/** What arrives of a transfer: as sent, but where a figure was given. Undefined when a figure is for goods that were not sent. */
export function arrivalOf(lines: readonly DocumentLine[], given: readonly WantedUnits[]): DocumentLine[] | undefined {
  const figures = new Map(given.map(({ variantId, quantity }) => [variantId, quantity]));
  if (given.some(({ variantId }) => !lines.some((line) => line.variantId === variantId))) return undefined;
  return lines.map((line) => ({ ...line, received: figures.get(line.variantId) ?? line.quantity }));
}

export type CountDecision = {
  /** What may be booked, each with how far on hand moves. */
  readonly booked: readonly { readonly line: DocumentLine; readonly change: number }[];
  /** Lines whose figure has moved since they were counted: to be counted again. */
  readonly outdated: readonly { readonly line: DocumentLine; readonly onHand: number }[];
};

/** Which lines of a count still stand on the figure that they were counted at [STK-7]. */
export function judgeCount(lines: readonly DocumentLine[], levels: readonly LockedLevel[]): CountDecision {
  const known = new Map(levels.map((level) => [level.variantId, level.onHand]));
  const open = lines.filter(({ isBooked }) => !isBooked).map((line) => ({ line, onHand: known.get(line.variantId) ?? 0 }));
  return {
    booked: open
      .filter(({ line, onHand }) => line.startedFrom === onHand)
      .map(({ line, onHand }) => ({ line, change: line.quantity - onHand })),
    outdated: open.filter(({ line, onHand }) => line.startedFrom !== onHand),
  };
}
