import type { LocalizedText } from "@weft/contracts";
import type { Id, ProductId, VariantId } from "@weft/kernel";
import type { Trace } from "./trace.ts";

export type RecallId = Id<"recall">;

/** What of a product is called back: these batches and serial numbers, or all of it where neither is named. */
export type RecalledGoods = {
  readonly productId: ProductId;
  /** Null: all of its variants. */
  readonly variantId: VariantId | null;
  readonly batches: readonly string[];
  readonly serials: readonly string[];
};

/** A recall that stands, as tills keep it: small, and without a word that is not shown there. */
export type StandingRecall = RecalledGoods & {
  readonly id: RecallId;
  /** Why, as staff read it. */
  readonly reason: LocalizedText;
};

export type SoldGoods = { readonly productId: ProductId; readonly variantId: VariantId; readonly trace?: Trace | undefined };

/** Whether everything of the goods is called back, whatever its code says. */
export const isWhole = ({ batches, serials }: Pick<RecalledGoods, "batches" | "serials">): boolean =>
  batches.length === 0 && serials.length === 0;

/**
 * The recall that goods fall under [BAT-2]; undefined where none does. A recall of batches says nothing of goods whose batch nobody scanned: only
 * one of everything covers those.
 */
export function recallOf(recalls: readonly StandingRecall[], { productId, variantId, trace }: SoldGoods): StandingRecall | undefined {
  return recalls.find(
    (recall) =>
      recall.productId === productId &&
      (recall.variantId === null || recall.variantId === variantId) &&
      (isWhole(recall) ||
        (trace?.batch !== undefined && recall.batches.includes(trace.batch)) ||
        (trace?.serial !== undefined && recall.serials.includes(trace.serial))),
  );
}
