import { err, ok, type Money, type Result, type VariantId } from "@weft/kernel";
import type { AssessedCart, Requirement } from "../../carts/domain/index.ts";
import type { WantedTender } from "../../payments/domain.ts";
import { handsOverNow, type SaleActor, type SaleMode, type WantedFulfillment } from "./sale.ts";

export type RefusedSale =
  | { readonly code: "cart.requirements_unmet"; readonly requirements: readonly Requirement[] }
  | { readonly code: "stock.insufficient"; readonly variantId: VariantId; readonly requested: number; readonly available: number }
  | { readonly code: "cart.total_changed"; readonly expected: Money; readonly total: Money }
  | { readonly code: "pricing.code_used_up"; readonly text: string }
  | { readonly code: "pricing.promotion_used_up"; readonly promotionId: string }
  | { readonly code: "loyalty.not_enough_points"; readonly missing: number }
  | { readonly code: "payment.method_not_offered"; readonly kind: string };

/** What cannot be checked any more once the goods are in the customer's hand: it becomes a conflict instead. */
const HAPPENED: ReadonlySet<string> = new Set([
  "stock.insufficient",
  "product.sold_out",
  "product.not_sold_here",
  "places.not_serving",
  "promise.opens_later",
  "promise.ready_after_closing",
  "promise.closed_then",
  "promise.place_closed",
  "company.over_limit",
]);

/**
 * Whether an assessed cart may become an order [CHK-2]: requirements, ways of paying, and the total that the customer was shown.
 * A sale that happened is refused only for what makes it unreadable. Errors: `cart.requirements_unmet`, `stock.insufficient` with what
 * is left, `payment.method_not_offered`, `cart.total_changed` with the new total, `pricing.code_used_up` and
 * `loyalty.not_enough_points` when that is why it changed.
 */
export function judgeSale(
  assessed: AssessedCart,
  wanted: {
    readonly mode: SaleMode;
    readonly actor: SaleActor;
    readonly fulfillment: WantedFulfillment;
    readonly tenders: readonly WantedTender[];
    readonly expectedTotal: Money;
  },
): Result<null, RefusedSale> {
  const unmet = assessed.requirements.filter(({ code }) => wanted.mode === "live" || !HAPPENED.has(code));
  const others = unmet.filter(({ code }) => code !== "stock.insufficient");
  if (others.length > 0) return err({ code: "cart.requirements_unmet", requirements: unmet });
  const shortage = unmet[0] && shortageOf(unmet[0]);
  if (shortage) return err(shortage);
  const refused = wanted.tenders.find(({ kind }) => !isOffered(kind, wanted.actor, wanted.fulfillment));
  if (refused) return err({ code: "payment.method_not_offered", kind: refused.kind });
  const total: Money = { amount: assessed.priced.totals.total, currency: assessed.priced.currency };
  const { expectedTotal: expected } = wanted;
  const isSame = expected.amount === total.amount && expected.currency === total.currency;
  const differs = wanted.mode === "recorded" ? expected.currency !== total.currency : !isSame;
  if (!differs) return ok(null);
  const usedUp = assessed.priced.refusedCodes.find(({ because }) => because.kind === "used_up");
  if (usedUp) return err({ code: "pricing.code_used_up", text: usedUp.code });
  const short = assessed.rewards.find(({ refusal }) => refusal?.kind === "not_enough_points");
  return short
    ? err({ code: "loyalty.not_enough_points", missing: Number(short.refusal?.data["missing"] ?? 0) })
    : err({ code: "cart.total_changed", expected, total });
}

function shortageOf({ data }: Requirement): Extract<RefusedSale, { code: "stock.insufficient" }> {
  // The data of this requirement, as carts writes it.
  const { variantId, requested, available } = data as { variantId: VariantId; requested: number; available: number };
  return { code: "stock.insufficient", variantId, requested, available };
}

/** Cash needs a hand to take it; what is due at the collection needs a collection, and a parcel leaves paid. */
function isOffered(kind: WantedTender["kind"], actor: SaleActor, fulfillment: WantedFulfillment): boolean {
  if (kind === "cash") return actor.isAtTill || actor.staffId !== null;
  return kind === "card" || (fulfillment.kind !== "ship" && !handsOverNow(actor, fulfillment));
}
