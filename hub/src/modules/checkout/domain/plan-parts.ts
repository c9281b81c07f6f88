import type { BusinessDate, Id, LineId, PlaceId } from "@weft/kernel";
import {
  elsewhereOf,
  heldAsOf,
  isImmaterial,
  type AssessedCart,
  type AssessedCollection,
  type AssessedLine,
} from "../../carts/domain/index.ts";
import type { LineUnits } from "../../fulfillment/domain.ts";
import type { NewOrderLine } from "../../orders/domain.ts";
import { countsStations, NO_WORK, promiseForAll, workOn, type Work } from "../../promises/domain/index.ts";
import { planShipment, type NewShipment } from "./plan-parcels.ts";
import { planSlot, type PlannedSlot } from "./plan-slot.ts";
import { handsOverNow, type SaleFacts } from "./sale.ts";

export type NewFulfillment = {
  readonly id: string;
  readonly kind: "take_away" | "collect" | "ship";
  readonly state: "planned" | "collected";
  readonly placeId: PlaceId;
  readonly dining: "eat_in" | "take_away";
  readonly due_at: Date | null;
  /** Null when the place does not say when it opens again. */
  readonly promised_at: Date | null;
  readonly done_at: Date | null;
  /** The day on which its goods come to its place; null: they are there. */
  readonly awaits_on: BusinessDate | null;
  /** Where it goes, when it is shipped. */
  readonly shipment: NewShipment | null;
  /** What of the order it serves. */
  readonly units: readonly LineUnits[];
} & PlannedSlot;

/** The lines of a sale by how they reach their customer: at once as codes and booked times, with the rest, by parcels, or at other stores. */
type Ways = { readonly codes: readonly AssessedLine[]; readonly own: readonly AssessedLine[]; readonly away: readonly AssessedLine[] };

export function waysOf({ assessed: { lines }, cart, fulfillment: { kind } }: Pick<SaleFacts, "assessed" | "cart" | "fulfillment">): Ways {
  const isAway = ({ id }: AssessedLine): boolean => kind === "ship" || elsewhereOf(cart.wanted, id) !== undefined;
  const goods = lines.filter((line) => !isImmaterial(line));
  return { codes: lines.filter(isImmaterial), own: goods.filter((line) => !isAway(line)), away: goods.filter(isAway) };
}

/** The lines that are with their customer once a sale is written: what leaves a till, and what is nothing to carry: the codes of gift cards, the times of services. */
export function givenNow(facts: Pick<SaleFacts, "assessed" | "cart" | "fulfillment" | "actor">): ReadonlySet<LineId> {
  const { codes, own } = waysOf(facts);
  return new Set([...codes, ...(handsOverNow(facts.actor, facts.fulfillment) ? own : [])].map(({ id }) => id));
}

/** Whether somebody hands something over with the sale: a till some of its goods, or whoever sells gift cards alone. */
export function leavesNow(facts: Pick<SaleFacts, "assessed" | "cart" | "fulfillment" | "actor">): boolean {
  const { own, away } = waysOf(facts);
  return own.length > 0 ? handsOverNow(facts.actor, facts.fulfillment) : away.length === 0;
}

/**
 * The parts in which an order reaches its customer, each with its place and promise: what is given now, what the place of the order makes ready, one
 * for each place that sends something [CHK-41], one for each store and slot at which something is fetched [CHK-43]. What is for later leads; what
 * shipping costs stands with the first parcel. Never empty for an order that has lines.
 */
export function planParts(facts: SaleFacts, lines: readonly NewOrderLine[], nextId: <T extends Id<string>>() => T): NewFulfillment[] {
  const { codes, own } = waysOf(facts);
  const isInHand = handsOverNow(facts.actor, facts.fulfillment);
  const given = isInHand ? [...own, ...codes] : codes;
  return [
    ...(isInHand || own.length === 0 ? [] : [preparedPart(facts, own, nextId())]),
    ...sentParts(facts, lines, nextId),
    ...facts.assessed.collections.map((collection) => fetchedPart(facts, collection, nextId())),
    ...(given.length === 0 ? [] : [givenPart(facts, given, nextId())]),
  ];
}

const unitsOf = (lines: readonly Pick<AssessedLine, "id" | "quantity">[]): LineUnits[] =>
  lines.map(({ id, quantity }) => ({ orderLineId: id, quantity }));

const NO_SLOT: PlannedSlot = { slot_until: null, slot: null };
const THERE = { awaits_on: null };

/** Away from a counter these are gift cards: whatever becomes of the rest, they are told at once and taken along by nobody else. */
function givenPart({ fulfillment: { placeId, dining }, at }: SaleFacts, lines: readonly AssessedLine[], id: string): NewFulfillment {
  const done = { state: "collected", promised_at: at, done_at: at, due_at: null } as const;
  return { id, kind: "take_away", placeId, dining, shipment: null, units: unitsOf(lines), ...done, ...THERE, ...NO_SLOT };
}

function preparedPart(facts: SaleFacts, lines: readonly AssessedLine[], id: string): NewFulfillment {
  const { kind, placeId, dining, dueAt } = facts.fulfillment;
  const promised_at = promiseOf(facts, lines);
  const open = { state: "planned", promised_at, done_at: null, shipment: null } as const;
  return { id, kind, placeId, dining, due_at: dueAt, units: unitsOf(lines), ...open, ...THERE, ...ownSlot(facts, lines) };
}

/** What the promise of a sale depends on, also while its payment is asked for. */
type Promised = Pick<SaleFacts, "fulfillment" | "actor" | "promising" | "mode" | "cart" | "at">;

/** The room that the lines of a sale take at the place that makes them ready; also while its payment is asked for. */
export function ownSlot(facts: Promised, lines: readonly AssessedLine[]): PlannedSlot {
  const { kind, inSlot = false, dueAt } = facts.fulfillment;
  // A shipment is made ready by no minute, and what leaves a till by now is in somebody's hand.
  if (kind === "ship" || handsOverNow(facts.actor, facts.fulfillment) || !facts.promising.slots) return NO_SLOT;
  const promisedAt = inSlot ? dueAt : promiseOf(facts, lines);
  const { mode, cart } = facts;
  return planSlot({ mode, heldAs: heldAsOf(cart.id) }, facts.promising, lines, { inSlot, dueAt, promisedAt });
}

/**
 * When it is ready: as availability and the cart promise it at this place [PRM-4], and not before the customer wants it. Stock is not asked again:
 * it was taken, or the sale is refused.
 */
function promiseOf({ promising, fulfillment: { dueAt }, at }: Promised, lines: readonly AssessedLine[]): Date | null {
  const wishes = lines.map(({ prepSeconds, batchPercent, station, quantity, unit }) => ({
    goods: { inAssortment: true, soldOut: null, tracked: false, available: null, prepSeconds, batchPercent, station, unit },
    quantity,
  }));
  const { promiseAt } = promiseForAll(wishes, promising, at);
  return promiseAt && dueAt && dueAt > promiseAt ? dueAt : promiseAt;
}

function sentParts(facts: SaleFacts, lines: readonly NewOrderLine[], nextId: <T extends Id<string>>() => T): NewFulfillment[] {
  const { delivery } = facts.assessed;
  const charge = lines.filter(({ kind }) => kind === "delivery").map(({ id, ordered }) => ({ orderLineId: id, quantity: ordered }));
  return (delivery?.parcels ?? []).map(({ placeId, units, promise }, index): NewFulfillment => ({
    id: nextId(),
    kind: "ship",
    state: "planned",
    placeId,
    dining: "take_away",
    due_at: null,
    promised_at: promise.promiseAt,
    done_at: null,
    shipment: planShipment(facts, promise.shipBy),
    units: [...units.map(({ lineId, quantity }) => ({ orderLineId: lineId, quantity })), ...(index === 0 ? charge : [])],
    ...THERE,
    ...NO_SLOT,
  }));
}

function fetchedPart({ assessed, cart, mode }: SaleFacts, collection: AssessedCollection, id: string): NewFulfillment {
  const { placeId, place, promise, dueAt, inSlot, broughtFrom } = collection;
  const lines = fetchedLines(assessed, collection);
  const promisedAt = dueAt ?? promise?.promiseAt ?? null;
  const booked = place
    ? planSlot({ mode, heldAs: heldAsOf(cart.id, collection) }, place.promising, lines, { inSlot: inSlot ?? false, dueAt, promisedAt })
    : NO_SLOT;
  const open = { state: "planned", promised_at: promisedAt, done_at: null, shipment: null } as const;
  const awaits = { awaits_on: broughtFrom?.on ?? null };
  return { id, kind: "collect", placeId, dining: "take_away", due_at: dueAt, units: unitsOf(lines), ...open, ...awaits, ...booked };
}

const fetchedLines = ({ lines }: Pick<AssessedCart, "lines">, { lineIds }: AssessedCollection): readonly AssessedLine[] =>
  lines.filter(({ id }) => lineIds.includes(id));

/** A sale that a till tells of later than this is drunk by now. */
const STALE_MS = 15 * 60_000;

/**
 * Work that a sale puts into the queue of its place [PRM-31]: nothing where it is for later, or is shipped. What leaves a till at once is
 * work where stations say what they have made [PRM-33]; elsewhere nobody would ever say that it is done.
 */
export function queuedWork(facts: SaleFacts, now: Date): Work {
  const { kind, dueAt } = facts.fulfillment;
  if (kind === "ship" || dueAt !== null) return NO_WORK;
  const { own, away } = waysOf(facts);
  if (!handsOverNow(facts.actor, facts.fulfillment)) return facts.mode === "live" ? workOn(own) : NO_WORK;
  const isOver = now.getTime() - facts.at.getTime() > STALE_MS;
  return facts.promising.hasStations && away.length === 0 && !isOver ? workOn(own) : NO_WORK;
}

/** The work by station of what leaves a till, where it takes room of the slots there [PRM-16]; undefined everywhere else. */
export function counterWork(facts: SaleFacts, { at }: Work): Work["at"] | undefined {
  const isCounted = handsOverNow(facts.actor, facts.fulfillment) && countsStations(facts.promising.slots);
  return isCounted && Object.keys(at).length > 0 ? at : undefined;
}

/** What of a sale is brought from other places to the one that hands it over [CHK-53], line by line. */
export function askedUnits({ lines, collections }: Pick<AssessedCart, "lines" | "collections">) {
  return collections.flatMap(({ broughtFrom, placeId, lineIds }) => {
    if (!broughtFrom) return [];
    const { placeId: fromPlaceId, on } = broughtFrom;
    const brought = lines.filter(({ id }) => lineIds.includes(id));
    return brought.map(({ id: lineId, variantId, quantity }) => ({ lineId, variantId, fromPlaceId, placeId, quantity, on }));
  });
}
