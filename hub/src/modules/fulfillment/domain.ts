import type { LocalizedText } from "@weft/contracts";
import type { DeliveryAddress } from "../promises/domain/index.ts";
import type { BusinessDate, ChannelId, FulfillmentId, LineId, OrderId, PlaceId, RecordId } from "@weft/kernel";

export type FulfillmentKind = "take_away" | "collect" | "ship";
export type FulfillmentState =
  | "planned"
  | "assigned"
  | "accepted"
  | "in_preparation"
  | "packed"
  | "ready"
  | "dispatched"
  | "delivered"
  | "collected"
  | "not_collected"
  | "rejected"
  | "canceled";

/** What somebody at the place does with it. */
export type Move = "accept" | "prepare" | "ready" | "collect" | "giveUp" | "pack" | "dispatch" | "deliver" | "reject" | "cancel";

const TARGET: Readonly<Record<Move, FulfillmentState>> = {
  accept: "accepted",
  prepare: "in_preparation",
  ready: "ready",
  collect: "collected",
  giveUp: "not_collected",
  pack: "packed",
  dispatch: "dispatched",
  deliver: "delivered",
  reject: "rejected",
  cancel: "canceled",
};

/**
 * From where each act is possible. Handing over is possible before `ready` was pressed, and a parcel may leave before `packed` was: the goods
 * are on the counter or in the van, not in the screen.
 */
const ALLOWED: Readonly<Record<Move, readonly FulfillmentState[]>> = {
  accept: ["planned", "assigned"],
  prepare: ["planned", "assigned", "accepted"],
  ready: ["planned", "assigned", "accepted", "in_preparation", "packed"],
  collect: ["planned", "assigned", "accepted", "in_preparation", "packed", "ready"],
  giveUp: ["ready"],
  pack: ["planned", "assigned", "accepted", "in_preparation"],
  dispatch: ["planned", "assigned", "accepted", "in_preparation", "packed"],
  deliver: ["dispatched"],
  reject: ["planned", "assigned", "accepted", "in_preparation", "packed", "ready"],
  cancel: ["planned", "assigned", "accepted"],
};

export type MoveDecision =
  | { readonly kind: "moves"; readonly to: FulfillmentState }
  | { readonly kind: "is_there" }
  | { readonly kind: "refused"; readonly because: FulfillmentState };

/** Whether an act is possible in a state [FUL-1]; one that is done already is no mistake, because two people press the same button. */
export function move(state: FulfillmentState, act: Move): MoveDecision {
  if (state === TARGET[act]) return { kind: "is_there" };
  return ALLOWED[act].includes(state) ? { kind: "moves", to: TARGET[act] } : { kind: "refused", because: state };
}

/** What becomes of the whole by what its stations said of its lines. */
export type AfterStations = "prepare" | "ready" | "take_back" | null;

/**
 * What its stations make of a whole that is still at its place [FUL-62]: the first line begins it, the last makes it ready, and one that is
 * recalled takes `ready` back. Null: it stays as it is, also where staff said `ready` before every station had.
 */
export function preparationOf(
  state: FulfillmentState,
  lines: readonly LineId[],
  done: ReadonlySet<LineId>,
  isRecalled: boolean,
): AfterStations {
  if (state === "ready") return isRecalled ? "take_back" : null;
  const isAll = lines.length > 0 && lines.every((line) => done.has(line));
  if (isAll) return move(state, "ready").kind === "moves" ? "ready" : null;
  return done.size > 0 && move(state, "prepare").kind === "moves" ? "prepare" : null;
}

/** Whether a till gave it away with the sale: nothing of it waits, but somebody may still have to make it. */
export function isHandedOverAtOnce({ steps }: { readonly steps: readonly Pick<FulfillmentStep, "state">[] }): boolean {
  return steps.length === 1 && steps[0]?.state === "collected";
}

const AT_COUNTER: ReadonlySet<Move> = new Set(["ready", "collect", "giveUp"]);
const BY_CARRIER: ReadonlySet<Move> = new Set(["pack", "dispatch", "deliver"]);

/** Whether an act belongs to what is shipped, or to what is handed over at the place [FUL-15]. */
export function fits(kind: FulfillmentKind, act: Move): boolean {
  return !(kind === "ship" ? AT_COUNTER : BY_CARRIER).has(act);
}

/** A parcel as somebody at the place hands it to the carrier. */
export type NewParcel = { readonly carrier: string; readonly trackingNumber: string; readonly trackingUrl: string | null };

export type Parcel = {
  readonly id: string;
  readonly carrier: string;
  readonly tracking_number: string;
  readonly tracking_url: string | null;
  readonly at: Date;
};

/** Where a shipment goes and by what; `address` null: the person was erased, or its time is over. */
export type Shipment = {
  readonly method_id: string;
  readonly method_name: LocalizedText;
  readonly country: string;
  readonly address: DeliveryAddress | null;
  readonly ship_by: Date | null;
  readonly parcels: readonly Parcel[];
};

/** What somebody shows to be given an order: its code, their member card, or the order's number. */
export type Proof = "code" | "member_card" | "order_number";

/** Why units are not served: the place cannot, or (`not_wanted`) their customer takes less. */
export type RefusalReason = "out_of_stock" | "damaged" | "cannot_find" | "too_much_to_do" | "other" | "not_wanted";

/**
 * What becomes of the stock figure when units are refused [FUL-8]: goods that are not there, or cannot be sold, leave it, or the next
 * customer would be promised them again. Null: they are there and stay.
 */
export function lossOf(reason: RefusalReason): "correction" | "waste" | null {
  if (reason === "damaged") return "waste";
  return reason === "out_of_stock" || reason === "cannot_find" ? "correction" : null;
}

/** Units of lines of an order. */
export type LineUnits = { readonly orderLineId: LineId; readonly quantity: number };

export type UnitsDecision =
  | { readonly kind: "all"; readonly units: readonly LineUnits[] }
  | { readonly kind: "some"; readonly units: readonly LineUnits[] }
  | { readonly kind: "unknown" };

/** Which of its units a refusal is about: all of them when none are named; more than there are, or others, are `unknown` [FUL-8]. */
export function unitsOf(lines: readonly Pick<FulfillmentLine, "order_line_id" | "quantity">[], named: readonly LineUnits[]): UnitsDecision {
  const all = lines.map(({ order_line_id, quantity }): LineUnits => ({ orderLineId: order_line_id, quantity }));
  if (named.length === 0) return { kind: "all", units: all };
  const asked = new Map<LineId, number>();
  for (const { orderLineId, quantity } of named) asked.set(orderLineId, (asked.get(orderLineId) ?? 0) + quantity);
  const left = new Map(all.map(({ orderLineId, quantity }) => [orderLineId, quantity]));
  for (const [line, quantity] of asked) if (quantity > (left.get(line) ?? 0)) return { kind: "unknown" };
  const units = [...asked].map(([orderLineId, quantity]): LineUnits => ({ orderLineId, quantity }));
  return { kind: all.every((line) => asked.get(line.orderLineId) === line.quantity) ? "all" : "some", units };
}

/** The units that stay when some are taken, line by line. */
export function restOf(lines: readonly Pick<FulfillmentLine, "order_line_id" | "quantity">[], taken: readonly LineUnits[]): LineUnits[] {
  return lines.flatMap(({ order_line_id: orderLineId, quantity }) => {
    const gone = taken.reduce((sum, units) => sum + (units.orderLineId === orderLineId ? units.quantity : 0), 0);
    return gone < quantity ? [{ orderLineId, quantity: quantity - gone }] : [];
  });
}

/** Until when goods that are ready now wait [FUL-9]. */
export function waitsUntil(readyAt: Date, windowHours: number): Date {
  return new Date(readyAt.getTime() + windowHours * 3_600_000);
}

/**
 * When the customer is reminded that goods wait only until `until` [FUL-12]: so many minutes before it, but never in the first half of the
 * waiting, so that "ready" and "soon no more" do not come together. Null: this place does not remind.
 */
export function remindsAt(readyAt: Date, until: Date, minutesBefore: number): Date | null {
  if (minutesBefore === 0) return null;
  const half = (until.getTime() - readyAt.getTime()) / 2;
  return new Date(until.getTime() - Math.min(minutesBefore * 60_000, half));
}

const CODE_DIGITS = 6;

/** A collection code: six digits, made from the random part of a fresh id. */
export function collectCode(salt: string): string {
  const random = BigInt(`0x${salt.replaceAll("-", "").slice(16)}`) % 10n ** BigInt(CODE_DIGITS);
  return random.toString().padStart(CODE_DIGITS, "0");
}

const COLLECTOR_DIGITS = 7;

/** The code of somebody who fetches it for its customer: a digit longer, so that it is never taken for a customer's own [FUL-31]. */
export function collectorCode(salt: string): string {
  const random = BigInt(`0x${salt.replaceAll("-", "").slice(16)}`) % 10n ** BigInt(COLLECTOR_DIGITS);
  return random.toString().padStart(COLLECTOR_DIGITS, "0");
}

/** Whether a code that was shown is one of somebody who was sent. */
export const isCollectorCode = (code: string): boolean => normalizeCode(code).length === COLLECTOR_DIGITS;

/** A code as it is typed or scanned: blanks do not count. */
export function normalizeCode(text: string): string {
  return text.replaceAll(/[\s-]/g, "");
}

/** What is to be prepared, as stored. */
export type StoredFulfillment = {
  readonly id: FulfillmentId;
  readonly order_id: OrderId;
  readonly order_number: string;
  readonly kind: FulfillmentKind;
  readonly state: FulfillmentState;
  readonly record_id: RecordId | null;
  readonly place_id: PlaceId;
  readonly channel_id: ChannelId;
  readonly dining: "eat_in" | "take_away";
  readonly due_at: Date | null;
  /** The slot in which it is due lasts from then until this; null: none. */
  readonly slot_until: Date | null;
  readonly promised_at: Date | null;
  /** The day, on the calendar of its place, on which the goods come that it waits for; null: they are there [FUL-51]. */
  readonly awaits_on: BusinessDate | null;
  readonly placed_at: Date;
  readonly done_at: Date | null;
  readonly code_sealed: string | null;
  /** Until when it waits once it is ready. */
  readonly collect_until: Date | null;
  /** Where it stands at the place. */
  readonly shelf: string | null;
  readonly version: number;
  /** Since when no slot has room for it, so that it will be late [PRM-17]; null: it is kept, or was moved. */
  readonly delayed_at: Date | null;
};

export type FulfillmentLine = {
  readonly order_line_id: LineId;
  /** `delivery`: what shipping costs goes along with what is shipped. */
  readonly kind: "goods" | "delivery";
  readonly sku: string;
  readonly name: LocalizedText;
  readonly options: readonly { readonly group: string; readonly value: string; readonly name: LocalizedText }[];
  readonly quantity: number;
  /** What was said about it when it was ordered. */
  readonly note: string | null;
};

export type FulfillmentStep = {
  readonly position: number;
  readonly state: FulfillmentState;
  readonly at: Date;
  readonly channel_id: ChannelId | null;
  readonly place_id: PlaceId | null;
  readonly staff_id: string | null;
  readonly staff_name: string | null;
  readonly reason: string | null;
};

/** Who fetches it instead of its customer; `collected_at` null: they did not come yet. `name` null: forgotten. */
export type Collector = {
  readonly name: string | null;
  /** Their code, sealed; null: they have none, or it has ended. */
  readonly code_sealed: string | null;
  readonly collected_at: Date | null;
};

/** Units that the place could not serve; `moved_to` names the fulfillment that serves them instead, null when they were given up. */
export type RefusedLine = {
  readonly order_line_id: LineId;
  readonly quantity: number;
  readonly reason: RefusalReason;
  readonly moved_to: FulfillmentId | null;
  readonly moved_to_place: PlaceId | null;
};

/** Units of a line that stand at a station by a round from a table, and were not taken off yet. */
export type SentUnits = { readonly roundId: string; readonly lineId: LineId; readonly sku: string; readonly quantity: number };
export type TakenUnits = SentUnits;

/**
 * What of the units that were sent, the newest first, is on the ticket no more [TBL-7]: `left` are the units that it has by line. What was sent
 * last goes first, because it is the least likely to be made.
 */
export function planTaken(sent: readonly SentUnits[], left: ReadonlyMap<LineId, number>): TakenUnits[] {
  const over = new Map<LineId, number>();
  for (const { lineId, quantity } of sent) over.set(lineId, (over.get(lineId) ?? -(left.get(lineId) ?? 0)) + quantity);
  return sent.flatMap((one) => {
    const quantity = Math.min(one.quantity, Math.max(0, over.get(one.lineId) ?? 0));
    over.set(one.lineId, (over.get(one.lineId) ?? 0) - quantity);
    return quantity > 0 ? [{ ...one, quantity }] : [];
  });
}

/** Units that go along to another ticket; `isAll`: nothing of that line of the round stays behind. */
export type MovedUnits = Omit<SentUnits, "sku"> & { readonly isAll: boolean };

/**
 * Which of the units that were sent, the oldest first, go along when some units of a line move to another ticket [TBL-11]: whoever pays for something
 * pays for what has come. `sent` is of one line; `quantity` are the units of it that move.
 */
export function planMoved(sent: readonly (SentUnits & { readonly everSent: number })[], quantity: number): MovedUnits[] {
  let left = quantity;
  return sent.flatMap(({ roundId, lineId, quantity: there, everSent }) => {
    const moved = Math.min(there, left);
    left -= moved;
    return moved > 0 ? [{ roundId, lineId, quantity: moved, isAll: moved === everSent }] : [];
  });
}
