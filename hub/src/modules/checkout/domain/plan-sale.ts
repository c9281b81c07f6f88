import { asId, type Id, type OrderId, type TenderId } from "@weft/kernel";
import type { AssessedCart } from "../../carts/domain/index.ts";
import { toBecause } from "../../pricing/domain/index.ts";
import {
  ratedParts,
  type DocumentPlace,
  type NewContact,
  type NewContribution,
  type NewOrder,
  type NewOrderLine,
  type TaxTotal,
} from "../../orders/domain.ts";
import { chargeOf, isValue, type ValueKind } from "../../payments/domain.ts";
import { planLines } from "./plan-lines.ts";
import { stockUses, type StockUse } from "./plan-parcels.ts";
import { givenNow, leavesNow, planParts, type NewFulfillment } from "./plan-parts.ts";
import { planPoints, type PointsPlan } from "./plan-points.ts";
import { splitWaiting } from "./split-waiting.ts";
import { soldCards, toppedUpCards, type SoldCard, type ToppedUpCard } from "./gift-cards.ts";
import { buyerOfCart, type SaleFacts } from "./sale.ts";

export type NewTender = {
  readonly id: TenderId;
  readonly intent_id: string | null;
  readonly kind: "cash" | "card" | "due_at_collection" | "account" | "points" | ValueKind;
  readonly state: "captured" | "authorized" | "due";
  readonly currency: string;
  readonly amount: number;
  readonly received: number | null;
  readonly change: number | null;
  /** Given to the staff on top of the amount [PAY-44]. */
  readonly tip: number;
  readonly at: Date;
};

/** The rows of an order, before they are written. */
export type SalePlan = {
  readonly order: NewOrder;
  readonly document: DocumentPlace;
  readonly lines: readonly NewOrderLine[];
  readonly contributions: readonly NewContribution[];
  readonly contact: NewContact | null;
  readonly tenders: readonly NewTender[];
  /** Which of the tenders come out of the ledger, with the gift card when it is one. */
  readonly spent: readonly SpentValue[];
  /** Gift cards that the sale makes. */
  readonly sold: readonly SoldCard[];
  /** Gift cards that are there and hold more with it. */
  readonly toppedUp: readonly ToppedUpCard[];
  /** In what parts it reaches its customer; the first is written with the order. */
  readonly parts: readonly [NewFulfillment, ...NewFulfillment[]];
  readonly stock: readonly StockUse[];
  /** Codes and promotions. */
  readonly codes: readonly { readonly id: string; readonly amount: number }[];
  readonly points: PointsPlan | null;
};

export type SpentValue = {
  readonly tenderId: TenderId;
  readonly kind: ValueKind;
  readonly cardId: string | null;
  readonly amount: number;
};

/** Makes the rows of an order from what is known of the sale. Pure: ids come from `nextId`, the time is in the facts. */
export function planSale(facts: SaleFacts, nextId: <T extends Id<string>>() => T): SalePlan {
  const { actor, fulfillment } = facts;
  const given = givenNow(facts);
  const lines = planLines(facts, given, nextId);
  const document: DocumentPlace = {
    entity_id: facts.document.entityId,
    place_id: fulfillment.placeId,
    channel_id: actor.channelId,
    business_date: facts.document.businessDate,
    time_zone: facts.document.timeZone,
  };
  const tenders = planTenderRows(facts, nextId);
  const points = planPoints(facts, lines, tenders);
  const toppedUp = toppedUpCards(facts.assessed.lines, lines);
  const goods = new Set(lines.filter(({ kind }) => kind === "goods").map((line) => line.id));
  const [first, ...others] = splitWaiting(planParts(facts, lines, nextId), facts.assessed.waits, (id) => goods.has(id), nextId);
  if (!first) throw new Error("an order without a part must not be written");
  return {
    document,
    order: planOrder(facts, document, {
      lines,
      tenders,
      points: points?.earned?.points ?? 0,
      id: facts.request.sold?.orderId ?? nextId<OrderId>(),
    }),
    lines,
    contributions: contributionsOf(facts, leavesNow(facts)),
    contact: facts.request.contact && { record_id: facts.cart.recordId, language: null, ...facts.request.contact },
    tenders,
    spent: planSpent(facts, tenders),
    sold: soldCards(lines.filter(({ id }) => !toppedUp.some(({ lineId }) => lineId === id))),
    toppedUp,
    parts: [first, ...others],
    stock: stockUses(facts),
    codes: spentOffers(facts.assessed.priced),
    points,
  };
}

/** What is counted of the codes and promotions that served, by their ids: a code that lets a promotion serve is spent with it. */
export function spentOffers({ discounts, promotions }: AssessedCart["priced"]): SalePlan["codes"] {
  const spent: SalePlan["codes"] = [
    ...discounts.map(({ codeId, amount }) => ({ id: codeId, amount })),
    ...promotions.map(({ promotionId, amount }) => ({ id: promotionId, amount })),
    ...promotions.flatMap(({ unlockedBy, amount }) => (unlockedBy ? [{ id: unlockedBy.codeId, amount }] : [])),
  ];
  // A promotion of which two versions served, one by a promise [PRC-23], is used once.
  const amounts = new Map<string, number>();
  for (const { id, amount } of spent) amounts.set(id, (amounts.get(id) ?? 0) + amount);
  return amounts.size === spent.length ? spent : [...amounts].map(([id, amount]) => ({ id, amount }));
}

/** Each tender of store credit or a gift card is what comes out of the ledger for it. The rows are in the order of the tenders. */
function planSpent(facts: SaleFacts, rows: readonly NewTender[]): SpentValue[] {
  return facts.tenders.flatMap((tender, index) => {
    const row = rows[index];
    if (!row || !isValue(tender)) return [];
    const cardId = tender.kind === "gift_card" ? (tender.cardId ?? null) : null;
    if (tender.kind === "gift_card" && cardId === null) throw new Error("a tender by gift card has no card: the sale must not be written");
    return [{ tenderId: row.id, kind: tender.kind, cardId, amount: tender.amount }];
  });
}

type LineSums = Pick<NewOrderLine, "subtotal" | "discount" | "tax" | "total">;
const sumOf = (lines: readonly LineSums[], field: keyof LineSums): number => lines.reduce((sum, line) => sum + line[field], 0);

type OrderParts = {
  readonly id: OrderId;
  readonly lines: readonly NewOrderLine[];
  readonly tenders: readonly NewTender[];
  readonly points: number;
};

function planOrder(facts: SaleFacts, document: DocumentPlace, { id, lines, tenders, points }: OrderParts): NewOrder {
  const { priced } = facts.assessed;
  const units = lines.reduce((sum, { ordered }) => sum + ordered, 0);
  const paid = (state: NewTender["state"]) => tenders.reduce((sum, tender) => (tender.state === state ? sum + tender.amount : sum), 0);
  const total = sumOf(lines, "total");
  const computed = facts.computedTotal ?? priced.totals.total;
  return {
    ...document,
    id,
    cart_id: facts.cart.id,
    mode: facts.mode,
    external_id: null,
    record_id: buyerOfCart(facts.cart).recordId,
    placed_at: facts.at,
    currency: priced.currency,
    subtotal: sumOf(lines, "subtotal"),
    discount: sumOf(lines, "discount"),
    tax: sumOf(lines, "tax"),
    tax_included: priced.taxIncluded,
    total,
    taxes: total === priced.totals.total ? priced.taxes : taxesOf(facts, lines),
    source_total: null,
    because: [
      { kind: "priced", data: { revision: priced.revision } },
      ...priced.explanations.map((reason) => toBecause("price", reason)),
      ...facts.assessed.rewards.flatMap(({ reward, amount, refusal }) =>
        reward && !refusal ? [{ kind: "reward", data: { rewardId: reward.id, name: reward.name, points: reward.cost, amount } }] : [],
      ),
      ...priced.promotions.map(({ promotionId, version, name, amount }) => ({
        kind: "promotion",
        data: { promotionId, version, name, amount },
      })),
      ...priced.refusedCodes.map(({ code, because }) => ({ kind: "code_refused", data: { code, because } })),
      ...(total === computed ? [] : [{ kind: "recorded_total", data: { computed, recorded: total } }]),
    ],
    paid: paid("captured"),
    due: paid("due"),
    points_earned: points,
    units_ordered: units,
    units_fulfilled: lines.reduce((sum, { fulfilled }) => sum + fulfilled, 0),
    ...(facts.cart.note !== undefined && { note: facts.cart.note }),
  };
}

function taxesOf(facts: SaleFacts, lines: readonly NewOrderLine[]): TaxTotal[] {
  const byRate = new Map<string, TaxTotal>();
  const parts = lines.flatMap((line) => ratedParts(line, { quantity: line.ordered, total: line.total, tax: line.tax }));
  for (const { rate, net, tax, total } of parts) {
    const key = `${rate.numerator}/${rate.denominator}`;
    const sum = byRate.get(key) ?? { rate, country: facts.assessed.context.country, net: 0, tax: 0, gross: 0 };
    byRate.set(key, { ...sum, net: sum.net + net, tax: sum.tax + tax, gross: sum.gross + total });
  }
  return [...byRate.values()];
}

function planTenderRows(facts: SaleFacts, nextId: <T extends Id<string>>() => T): NewTender[] {
  const base = { currency: facts.assessed.priced.currency, at: facts.at, received: null, change: null, tip: 0, intent_id: null };
  const cards = [...facts.cards];
  const moved = (facts.request.moved ?? []).map(({ id, kind, intentId, amount }): NewTender => {
    return { ...base, id: asId<TenderId>(id), kind, state: "captured", amount, intent_id: intentId };
  });
  const paid = facts.tenders.map((tender): NewTender => {
    const { amount } = tender;
    if (tender.kind === "cash") {
      const { received, change, tip = 0 } = tender;
      return { ...base, id: nextId(), kind: "cash", state: "captured", amount, received, change, tip };
    }
    if (tender.kind === "due_at_collection") return { ...base, id: nextId(), kind: "due_at_collection", state: "due", amount };
    if (isValue(tender) || tender.kind === "account" || tender.kind === "points")
      return { ...base, id: nextId(), kind: tender.kind, state: "captured", amount };
    const at = cards.findIndex((card) => card.amount === chargeOf(tender));
    const [card] = at < 0 ? [] : cards.splice(at, 1);
    if (!card) throw new Error("a card tender has no captured intent: the sale must not be written");
    const state = card.isAuthorized ? "authorized" : "captured";
    return { ...base, id: nextId(), kind: "card", state, amount, tip: tender.tip ?? 0, intent_id: card.intentId };
  });
  return [...moved, ...paid];
}

/** A member of staff who holds the cart is named in it; who only added to it is not. */
function nameOfHelper({ cart }: SaleFacts, staffId: string | null): string | null {
  return staffId === null ? null : (cart.holders.find((holder) => holder.staffId === staffId)?.name ?? null);
}

/** Credit for everybody who took part: each channel, place and person that filled the cart, who took the money, who handed it over. */
function contributionsOf(facts: SaleFacts, handedOver: boolean): NewContribution[] {
  const { actor, at } = facts;
  const byHelper = new Map<string, Omit<NewContribution, "position">>();
  for (const { addedBy } of facts.cart.lines) {
    const key = `${addedBy.channelId} ${addedBy.placeId} ${addedBy.staffId}`;
    const before = byHelper.get(key);
    if (before && before.at <= addedBy.at) continue;
    const { channelId: channel_id, placeId: place_id, staffId: staff_id } = addedBy;
    byHelper.set(key, { step: "cart", channel_id, place_id, staff_id, staff_name: nameOfHelper(facts, staff_id), at: addedBy.at });
  }
  const here = { channel_id: actor.channelId, place_id: actor.placeId, staff_id: actor.staffId, staff_name: actor.staffName, at };
  const steps: Omit<NewContribution, "position">[] = [...byHelper.values()];
  if (facts.tenders.some(({ kind }) => kind !== "due_at_collection" && kind !== "account")) steps.push({ step: "payment", ...here });
  if (handedOver) steps.push({ step: "hand_over", ...here });
  return steps.map((step, index) => ({ position: index + 1, ...step }));
}
