import { err, ok, type Money, type Result, type VariantId } from "@weft/kernel";
import type { AssessedCart, Requirement } from "../../carts/domain/index.ts";
import { refusedCredit, type Credit, type RefusedCredit } from "../../companies/domain/index.ts";
import type { WantedTender } from "../../payments/domain.ts";
import { handsOverNow, type SaleActor, type SaleMode, type WantedFulfillment } from "./sale.ts";

export type RefusedSale =
  | { readonly code: "cart.requirements_unmet"; readonly requirements: readonly Requirement[] }
  | {
      readonly code: "stock.insufficient";
      readonly variantId: VariantId;
      readonly requested: number;
      readonly available: number;
      /** It was to come from another store or by parcel: nobody has it in hand. */
      readonly isElsewhere?: true;
    }
  | { readonly code: "cart.total_changed"; readonly expected: Money; readonly total: Money }
  | { readonly code: "pricing.code_used_up"; readonly text: string }
  | { readonly code: "pricing.promotion_used_up"; readonly promotionId: string }
  | { readonly code: "loyalty.not_enough_points"; readonly missing: number }
  | { readonly code: "payment.method_not_offered"; readonly kind: string }
  | { readonly code: "payment.account_alone" }
  | RefusedCredit;

/** What cannot be checked any more once the goods are in the customer's hand: it becomes a conflict instead. */
const HAPPENED: ReadonlySet<string> = new Set([
  "stock.insufficient",
  "product.sold_out",
  "product.recalled",
  "product.not_sold_here",
  "places.not_serving",
  "promise.opens_later",
  "promise.ready_after_closing",
  "promise.store_away",
  "promise.closed_then",
  "promise.served_from",
  "promise.no_room",
  "promise.not_served",
  "promise.not_served_then",
  "promise.slot_needed",
  "promise.slot_unknown",
  "promise.slot_too_soon",
  "promise.place_closed",
  "company.over_limit",
  "booking.time_missing",
  "booking.lapsed",
]);

/**
 * Whether an assessed cart may become an order [CHK-2]: requirements, ways of paying, and the total that the customer was shown.
 * A sale that happened is refused only for what makes it unreadable. Errors: `cart.requirements_unmet`, `stock.insufficient` with what
 * is left, `payment.method_not_offered`, `payment.account_alone`, `company.no_credit`, `company.over_credit`, `cart.total_changed` with the new total, `pricing.code_used_up` and
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
    /** What the company that it is bought for may buy on account; null for everybody's own. */
    readonly credit: readonly Credit[] | null;
  },
): Result<null, RefusedSale> {
  const unmet = assessed.requirements.filter(({ code }) => wanted.mode === "live" || !HAPPENED.has(code));
  const others = unmet.filter(({ code }) => code !== "stock.insufficient");
  if (others.length > 0) return err({ code: "cart.requirements_unmet", requirements: unmet });
  // What nobody has in hand is told first: only the rest may have happened all the same.
  const short = unmet.map((requirement) => shortageOf(requirement, assessed));
  const shortage = short.find(({ isElsewhere }) => isElsewhere) ?? short[0];
  if (shortage) return err(shortage);
  const paying = { ...wanted, isSent: assessed.delivery !== null, hasService: assessed.lines.some(({ kind }) => kind === "service") };
  const refused = wanted.tenders.find(({ kind }) => !isOffered(kind, paying));
  if (refused) return err({ code: "payment.method_not_offered", kind: refused.kind });
  const total: Money = { amount: assessed.priced.totals.total, currency: assessed.priced.currency };
  const { expectedTotal: expected } = wanted;
  const isSame = expected.amount === total.amount && expected.currency === total.currency;
  const differs = wanted.mode === "recorded" ? expected.currency !== total.currency : !isSame;
  if (!differs) return judgeAccount(wanted, total);
  const usedUp = assessed.priced.refusedCodes.find(({ because }) => because.kind === "used_up");
  if (usedUp) return err({ code: "pricing.code_used_up", text: usedUp.code });
  const unaffordable = assessed.rewards.find(({ refusal }) => refusal?.kind === "not_enough_points");
  return unaffordable
    ? err({ code: "loyalty.not_enough_points", missing: Number(unaffordable.refusal?.data["missing"] ?? 0) })
    : err({ code: "cart.total_changed", expected, total });
}

/**
 * Whether it may be bought on account [CMP-10]: by the company that it is for, within its credit, and as a whole, because the invoice of the
 * month says the order as a whole. What happened is on account whatever its credit says.
 */
function judgeAccount(
  {
    mode,
    tenders,
    credit,
  }: { readonly mode: SaleMode; readonly tenders: readonly WantedTender[]; readonly credit: readonly Credit[] | null },
  total: Money,
): Result<null, RefusedSale> {
  if (!tenders.some(({ kind }) => kind === "account")) return ok(null);
  if (tenders.length > 1) return err({ code: "payment.account_alone" });
  if (credit === null) return err({ code: "payment.method_not_offered", kind: "account" });
  const refused = mode === "live" ? refusedCredit(credit, total) : undefined;
  return refused ? err(refused) : ok(null);
}

function shortageOf(
  { lineId, data }: Requirement,
  { collections, delivery }: AssessedCart,
): Extract<RefusedSale, { code: "stock.insufficient" }> {
  // The data of this requirement, as carts writes it.
  const { variantId, requested, available } = data as { variantId: VariantId; requested: number; available: number };
  const isElsewhere =
    collections.some(({ lineIds }) => lineIds.some((id) => id === lineId)) ||
    (delivery?.parcels.some(({ units }) => units.some((unit) => unit.lineId === lineId)) ?? false);
  return { code: "stock.insufficient", variantId, requested, available, ...(isElsewhere && { isElsewhere }) };
}

type Paying = {
  readonly actor: SaleActor;
  readonly fulfillment: WantedFulfillment;
  readonly isSent: boolean;
  readonly hasService: boolean;
};

/** Cash needs a hand to take it; what is due at the collection needs a collection, a parcel leaves paid, and a time is booked by who has paid [BKG-12]. */
function isOffered(kind: WantedTender["kind"], { actor, fulfillment, isSent, hasService }: Paying): boolean {
  if (kind === "cash") return actor.isAtTill || actor.staffId !== null;
  if (kind === "card" || kind === "points" || kind === "store_credit" || kind === "gift_card" || kind === "account") return true;
  return fulfillment.kind !== "ship" && !isSent && !hasService && !handsOverNow(actor, fulfillment);
}
