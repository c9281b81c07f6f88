import type { CartView } from "@weft/contracts/client";
import { stockLines } from "../../catalog/domain/index.ts";
import { creditLeft } from "../../companies/domain/index.ts";
import { toBecause } from "../../pricing/domain/index.ts";
import { slotIdOf } from "../../promises/domain/index.ts";
import type { AssessedCart, AssessedLine, AssessedReward } from "./assessed.ts";
import type { LoadedCart } from "./cart.ts";
import { elsewhereOf, isCode } from "./elsewhere.ts";
import { heldAsOf, type AssessedSlot } from "./held-slots.ts";
import { takesCartNote, takesLineNote, type NotePolicy } from "./notes.ts";
import { heldLineId } from "./parcels.ts";

export type PresentFacts = {
  readonly assessed: AssessedCart;
  /** What the sale would earn, by loyalty's rule. */
  readonly points: number;
  readonly placeName: string | null;
  /** What its customer may say about it, by the place. */
  readonly notes: NotePolicy;
  /** The label of a tax rate, `10 %`. */
  rateLabel(rate: { readonly numerator: number; readonly denominator: number }): string;
};

/** The cart as every channel is shown it: the same JSON in an answer, in a live patch, and at a till that prices by itself. */
export function presentCart(cart: LoadedCart, facts: PresentFacts): CartView {
  const { priced } = facts.assessed;
  const money = (amount: number) => ({ amount, currency: priced.currency });
  return {
    id: cart.id,
    version: cart.version,
    state: cart.state,
    current: cart.current,
    channelId: cart.channelId,
    channelKind: cart.channelKind,
    place: cart.placeId && facts.placeName ? { id: cart.placeId, name: facts.placeName } : null,
    fulfillment: presentFulfillment(cart, facts.assessed),
    delivery: presentDelivery(facts.assessed),
    customer: cart.customer?.known ? { id: cart.customer.id, givenName: cart.customer.givenName } : null,
    company: presentCompany(cart.company, priced.currency),
    holders: cart.holders.map(({ id, kind, channelKind, name, mode, since }) => ({
      id,
      kind,
      channelKind,
      name,
      mode,
      since: since.toISOString(),
    })),
    lines: facts.assessed.lines.map((line) => presentLine(cart, line, facts)),
    codes: cart.codes.map((code) => presentCode(code, facts.assessed)),
    rewards: facts.assessed.rewards.map((reward) => presentReward(reward, priced.currency)),
    totals: {
      subtotal: money(priced.totals.subtotal),
      discount: money(priced.totals.discount),
      tax: money(priced.totals.tax),
      taxIncluded: priced.taxIncluded,
      delivery: priced.delivery && money(priced.delivery.amount),
      deposit: priced.totals.deposit > 0 ? money(priced.totals.deposit) : null,
      total: money(priced.totals.total),
      taxes: priced.taxes.map((share) => ({
        rate: `${share.rate.numerator}/${share.rate.denominator}`,
        label: facts.rateLabel(share.rate),
        net: money(share.net),
        tax: money(share.tax),
        gross: money(share.net + share.tax),
      })),
      points: facts.points,
      pointsBurned: pointsBurned(facts.assessed),
    },
    promise: presentPromise(facts.assessed),
    requirements: facts.assessed.requirements.map(({ code, lineId, data }) => ({ code, lineId, ...(data && { data }) })),
    offer: cart.offer && {
      id: cart.offer.id,
      kind: cart.offer.kind,
      number: cart.offer.number,
      validUntil: cart.offer.until.toISOString(),
      mayChange: cart.offer.mayChange,
    },
    earlier: cart.earlier
      ? {
          cartId: cart.earlier.cartId,
          undoUntil: cart.earlier.undoUntil?.toISOString() ?? null,
          lines: cart.earlier.lines.map(({ id, sku, quantity, name }) => ({ id, sku, name, quantity })),
        }
      : null,
    ...(cart.note !== undefined && { note: cart.note }),
    ...(takesCartNote(facts.assessed.lines, facts.notes) && { takesNote: true as const }),
    orderId: cart.orderId,
    channelsSeen: [...cart.channelsSeen],
    updatedAt: cart.updatedAt.toISOString(),
  };
}

/** With the slot that it is to be collected in, and until when its room is the cart's [PRM-23]. */
function presentFulfillment({ id, wanted }: LoadedCart, { slots }: AssessedCart): CartView["fulfillment"] {
  if (!wanted) return null;
  const slot = slots.find(({ heldAs }) => heldAs === heldAsOf(id));
  const { kind, dining, dueAt } = wanted;
  return {
    kind,
    dining,
    dueAt: dueAt?.toISOString() ?? null,
    ...(slot && { slot: { ...presentSlot(slot), endsAt: slot.endsAt.toISOString() } }),
  };
}

const presentSlot = ({ placeId, startsAt, heldUntil }: AssessedSlot) => ({
  id: slotIdOf(placeId, startsAt),
  startsAt: startsAt.toISOString(),
  heldUntil: heldUntil?.toISOString() ?? null,
});

/** Never the address itself: a cart is also shown on a television [CRT-15]. */
function presentDelivery({ delivery, priced: { currency } }: AssessedCart): CartView["delivery"] {
  return (
    delivery && {
      country: delivery.country,
      hasAddress: delivery.hasAddress,
      methodId: delivery.chosen?.id ?? null,
      because: [...delivery.because],
      options: delivery.options.map(({ methodId, name, price, promiseAt }) => ({
        methodId,
        name,
        price: { amount: price, currency },
        promiseAt: promiseAt?.toISOString() ?? null,
      })),
      parcels: delivery.parcels.map(({ placeId, placeName, units, promise }) => ({
        placeId,
        placeName,
        lines: [...units],
        promiseAt: promise.promiseAt?.toISOString() ?? null,
      })),
    }
  );
}

function presentPromise({ promise }: AssessedCart): CartView["promise"] {
  return promise && { method: promise.method, because: promise.because, promiseAt: promise.promiseAt?.toISOString() ?? null };
}

function presentLine(cart: LoadedCart, line: AssessedLine, { assessed, notes }: PresentFacts): CartView["lines"][number] {
  const { currency } = assessed.priced;
  const hold = firstHold(cart, line);
  const { priced } = line;
  const zero = { amount: 0, currency };
  return {
    id: line.id,
    variantId: line.variantId,
    productId: line.productId,
    sku: line.sku,
    name: line.name,
    pictureUrl: line.pictureUrl,
    options: line.named.map(({ group, value, name, priceDifference }) => ({ group, value, name, priceDifference })),
    quantity: line.quantity,
    unit: line.unit,
    unitPrice: priced?.unitPrice ?? null,
    subtotal: priced ? { amount: priced.subtotal, currency } : zero,
    discount: priced ? { amount: priced.discount, currency } : zero,
    total: priced ? { amount: priced.total, currency } : zero,
    deposit: depositOf(priced, currency),
    because: priced ? priced.because.map((reason) => toBecause("price", reason)) : [],
    override: overrideOf(line),
    heldUntil: line.priceHeldUntil?.toISOString() ?? null,
    hold: hold ? { placeId: hold.placeId, expiresAt: hold.expiresAt.toISOString() } : null,
    available: line.tracked ? line.available : null,
    ...waitsOf(line, assessed),
    addedBy: { channelKind: line.addedBy.channelKind, at: line.addedBy.at.toISOString() },
    ...(isCode(line) && { isGiftCard: true }),
    ...(line.topUp && { topUp: { cardId: line.topUp.cardId, last4: line.topUp.last4 } }),
    ...presentTime(line),
    ...(line.note !== undefined && { note: line.note }),
    ...(takesLineNote(line, notes) && { takesNote: true as const }),
    ...(line.isTyped && { isTyped: true as const }),
    ...(line.trace && { trace: line.trace }),
    ...presentElsewhere(cart, line, assessed),
  };
}

/** When a service is given, and until when its seat is held [CRT-40]. */
function presentTime({ booked }: AssessedLine): Pick<CartView["lines"][number], "service"> {
  if (!booked) return {};
  const { serviceId, placeId: storeId, placeName: storeName, staffName, startsAt, endsAt, timeZone, heldUntil } = booked;
  const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), timeZone, heldUntil: heldUntil.toISOString() };
  return { service: { serviceId, storeId, storeName, staffName, ...times } };
}

/** What of the total is deposit, stated apart [PRC-22]. */
function depositOf(priced: AssessedLine["priced"], currency: string): CartView["lines"][number]["deposit"] {
  const deposit = priced?.deposit;
  return deposit ? { name: deposit.name, each: { amount: deposit.each, currency }, total: { amount: deposit.total, currency } } : null;
}

/** How a line goes its own way, with the day or time on which it is there [CRT-26]. */
function presentElsewhere(
  cart: LoadedCart,
  { id }: AssessedLine,
  { delivery, collections, slots }: AssessedCart,
): Pick<CartView["lines"][number], "elsewhere"> {
  const way = elsewhereOf(cart.wanted, id);
  if (!way) return {};
  if (way.kind === "ship") {
    const parcels = (delivery?.parcels ?? []).filter(({ units }) => units.some(({ lineId }) => lineId === id));
    const [first] = parcels;
    const last = parcels.reduce<Date | null>(
      (at, { promise: { promiseAt } }) => (promiseAt && (!at || promiseAt > at) ? promiseAt : at),
      null,
    );
    const place = first ? { id: first.placeId, name: first.placeName } : null;
    return { elsewhere: { kind: "ship", place, slot: null, promiseAt: last?.toISOString() ?? null } };
  }
  const found = collections.find(({ lineIds }) => lineIds.includes(id));
  const promised = found?.promise?.promiseAt?.toISOString() ?? null;
  if (way.kind === "bring") {
    const place = { id: way.placeId, name: found?.broughtFrom?.name ?? "" };
    return { elsewhere: { kind: "bring", place, slot: null, promiseAt: promised } };
  }
  const { placeId, dueAt, inSlot } = way;
  const held = slots.find(({ heldAs }) => heldAs === heldAsOf(cart.id, { placeId, dueAt }))?.heldUntil?.toISOString() ?? null;
  const slot = inSlot && dueAt ? { id: slotIdOf(placeId, dueAt), startsAt: dueAt.toISOString(), heldUntil: held } : null;
  const promiseAt = slot?.startsAt ?? promised;
  return { elsewhere: { kind: "collect", place: { id: placeId, name: found?.placeName ?? "" }, slot, promiseAt } };
}

/** What of it is not there yet [CRT-31]. */
function waitsOf({ id }: AssessedLine, { waits }: AssessedCart): Pick<CartView["lines"][number], "waits"> {
  const own = waits.filter(({ lineId }) => lineId === id);
  if (own.length === 0) return {};
  return {
    waits: own.map(({ kind, quantity, on, promiseAt, isChargedLater }) => ({
      kind,
      quantity,
      on,
      promiseAt: promiseAt?.toISOString() ?? null,
      chargedWhen: isChargedLater ? ("dispatch" as const) : ("order" as const),
    })),
  };
}

/** Only while it is what the line is priced by: a list that became cheaper counts instead. */
function overrideOf({ priced, priceHold }: AssessedLine): CartView["lines"][number]["override"] {
  const given = priced?.because.find((reason) => reason.kind === "overridden");
  const units = priceHold?.override?.units;
  return given ? { insteadOf: given.insteadOf, reason: given.reason, ...(units !== undefined && { units }) } : null;
}

/** Of a line that several places send, the hold at the first of them: all of them end together. */
function firstHold(cart: LoadedCart, line: AssessedLine): LoadedCart["holds"][number] | undefined {
  const id = line.shares?.[0] ? heldLineId(line.id, line.shares[0].placeId, cart.placeId) : line.id;
  const [first] = stockLines(id, line, line.quantity);
  return cart.holds.find((held) => held.lineId === (first?.lineId ?? id));
}

function presentReward({ rewardId, reward, amount, refusal }: AssessedReward, currency: string): CartView["rewards"][number] {
  const because = refusal ? { kind: `reward.${refusal.kind}`, data: refusal.data } : { kind: "reward.applied" };
  return {
    rewardId,
    name: reward?.name ?? null,
    points: reward?.cost ?? 0,
    applied: refusal === null,
    amount: { amount, currency },
    because,
  };
}

function pointsBurned({ rewards }: AssessedCart): number {
  return rewards.reduce((sum, { reward, refusal }) => (refusal || !reward ? sum : sum + reward.cost), 0);
}

function presentCode(code: string, { priced }: AssessedCart): CartView["codes"][number] {
  const refused = priced.refusedCodes.find((other) => other.code === code);
  return refused
    ? { code, applied: false, because: toBecause("code", refused.because) }
    : { code, applied: true, because: { kind: "code.applied" } };
}

/** The company that it is bought for, with what is left of its credit in the cart's currency [CMP-10]. */
function presentCompany(company: LoadedCart["company"], currency: string): CartView["company"] {
  if (!company) return null;
  const { id, name, vatNumber, credit } = company;
  const own = creditLeft(credit, currency);
  return { id, name, vatNumber, account: own ? { left: { amount: own.left, currency }, termsDays: own.termsDays } : null };
}
