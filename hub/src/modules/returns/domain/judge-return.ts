import { addDays, type BusinessDate, type EntityId } from "@weft/kernel";

/** The rules of taking back, as few as a cashier can tell a customer. */
export type ReturnPolicy = {
  /** Days after the purchase on which goods still come back; 0 is the day itself. */
  readonly days: number;
  /** So many returns of one customer within so many days; null without a limit. */
  readonly mostPerCustomer: { readonly returns: number; readonly days: number } | null;
};

/** What holds where nothing else is set. */
export const RETURN_POLICY: ReturnPolicy = { days: 30, mostPerCustomer: { returns: 20, days: 30 } };

/** What is known of an order that somebody brings goods of. */
export type BroughtOrder = {
  readonly mode: "live" | "recorded" | "imported";
  readonly entityId: EntityId;
  readonly currency: string;
  readonly businessDate: BusinessDate;
  /** Units that were handed over and did not come back yet, goods only. */
  readonly returnable: number;
  /** How the link levels let its money go back here; null when they do not carry the order at all. */
  readonly refundTo: "tender" | "store_credit";
  /** Returns of its customer within the days that the policy counts. */
  readonly returnsOfCustomer: number;
};

/** The place that would take them. */
export type TakingPlace = { readonly entityId: EntityId; readonly currency: string; readonly today: BusinessDate };

/** Why nothing of an order comes back here. */
export type ReturnClosed =
  | { readonly kind: "imported" }
  | { readonly kind: "nothing_left" }
  | { readonly kind: "store_credit_only" }
  | { readonly kind: "other_entity" }
  | { readonly kind: "too_late"; readonly data: { readonly until: BusinessDate } }
  | { readonly kind: "too_many"; readonly data: { readonly returns: number; readonly days: number } };

/** The last day on which goods of an order come back [RET-7]. */
export function returnableUntil(order: Pick<BroughtOrder, "businessDate">, policy: ReturnPolicy): BusinessDate {
  return addDays(order.businessDate, policy.days);
}

/**
 * Whether goods of an order come back at a place, or the first reason why not [RET-7]. An imported order is history without money of ours;
 * another legal entity or currency would give back what it never took; where channels only hand over, money goes back as store credit, which
 * this hub does not issue.
 */
export function judgeReturn(order: BroughtOrder, place: TakingPlace, policy: ReturnPolicy): ReturnClosed | null {
  if (order.mode === "imported") return { kind: "imported" };
  if (order.returnable <= 0) return { kind: "nothing_left" };
  if (order.refundTo === "store_credit") return { kind: "store_credit_only" };
  if (order.entityId !== place.entityId || order.currency !== place.currency) return { kind: "other_entity" };
  const until = returnableUntil(order, policy);
  if (place.today > until) return { kind: "too_late", data: { until } };
  const most = policy.mostPerCustomer;
  return most && order.returnsOfCustomer >= most.returns ? { kind: "too_many", data: most } : null;
}
