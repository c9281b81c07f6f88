import type { ChannelKind, ReturnReason } from "@weft/contracts";
import { addDays, type BusinessDate, type EntityId } from "@weft/kernel";
import type { Settings } from "../../places/domain/index.ts";

/** The rules of taking back, as few as a cashier can tell a customer. */
export type ReturnPolicy = {
  /** Days on which goods of a counter still come back; 0 is the day itself. */
  readonly days: number;
  /** The same for what was bought from afar. */
  readonly daysFromAfar: number;
  /** So many returns of one customer within so many days; null without a limit. */
  readonly mostPerCustomer: { readonly returns: number; readonly days: number } | null;
  /** Codes of categories whose goods come back only when something is wrong with them. */
  readonly faultyOnly: readonly string[];
  /** Whether the house pays for the way back of a parcel, whatever the reason. */
  readonly isParcelFree: boolean;
};

/** Returns of one customer are counted within so many days. */
const COUNTED_DAYS = 30;

/** The policy of a place, from what it sets or inherits [RET-10]. */
export function returnPolicyOf(settings: PolicySettings): ReturnPolicy {
  const { returnDays, returnDaysFromAfar, returnsPerCustomer, returnFaultyOnly, returnParcelFree } = settings;
  return {
    days: returnDays,
    daysFromAfar: returnDaysFromAfar,
    mostPerCustomer: returnsPerCustomer === 0 ? null : { returns: returnsPerCustomer, days: COUNTED_DAYS },
    faultyOnly: returnFaultyOnly
      .split(",")
      .map((code) => code.trim())
      .filter((code) => code !== ""),
    isParcelFree: returnParcelFree === 1,
  };
}

type PolicySettings = Pick<Settings, "returnDays" | "returnDaysFromAfar" | "returnsPerCustomer" | "returnFaultyOnly" | "returnParcelFree">;

/** Kinds of channels on which nobody has the goods in front of them when they buy. */
const COUNTERS: ReadonlySet<ChannelKind> = new Set(["store", "screen"]);

/** Whether an order is a distance sale, for which other days are set [RET-10]. */
export const isFromAfar = (kind: ChannelKind): boolean => !COUNTERS.has(kind);

/** Reasons that say that something is wrong with the goods: the seller's fault, whatever the policy says of changed minds. */
const FAULTS: ReadonlySet<ReturnReason> = new Set(["defective", "wrong_item", "not_as_described"]);

/** Whether goods that come back only when something is wrong with them come back for this reason [RET-10]. */
export const isFault = (reason: ReturnReason): boolean => FAULTS.has(reason);

/** What is known of an order that somebody brings goods of. */
export type BroughtOrder = {
  readonly mode: "live" | "recorded" | "imported";
  readonly entityId: EntityId;
  readonly currency: string;
  /** The day from which the days of the policy are counted: of the purchase, or of the receipt of what was bought from afar. */
  readonly countedFrom: BusinessDate;
  readonly isFromAfar: boolean;
  /** Units that were handed over and did not come back yet, goods only. */
  readonly returnable: number;
  /** How the link levels let its money go back here; null when they do not carry the order at all. */
  readonly refundTo: "tender" | "store_credit";
  /** Whether anybody is known whose store credit it could become. */
  readonly isKnown: boolean;
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
export function returnableUntil(order: Pick<BroughtOrder, "countedFrom" | "isFromAfar">, policy: ReturnPolicy): BusinessDate {
  return addDays(order.countedFrom, order.isFromAfar ? policy.daysFromAfar : policy.days);
}

/**
 * Whether goods of an order come back at a place, or the first reason why not [RET-7]. An imported order is history without money of ours;
 * another legal entity or currency would give back what it never took; where channels only hand over, money goes back as store credit, and
 * so to somebody who is known.
 */
export function judgeReturn(order: BroughtOrder, place: TakingPlace, policy: ReturnPolicy): ReturnClosed | null {
  if (order.mode === "imported") return { kind: "imported" };
  if (order.returnable <= 0) return { kind: "nothing_left" };
  if (order.refundTo === "store_credit" && !order.isKnown) return { kind: "store_credit_only" };
  if (order.entityId !== place.entityId || order.currency !== place.currency) return { kind: "other_entity" };
  const until = returnableUntil(order, policy);
  if (place.today > until) return { kind: "too_late", data: { until } };
  const most = policy.mostPerCustomer;
  return most && order.returnsOfCustomer >= most.returns ? { kind: "too_many", data: most } : null;
}
