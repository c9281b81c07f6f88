import type { Id, LineId } from "@weft/kernel";
import type { AssessedWait } from "../../carts/domain/index.ts";
import { restOf, type LineUnits } from "../../fulfillment/domain.ts";
import type { NewFulfillment } from "./plan-parts.ts";

type NextId = <T extends Id<string>>() => T;

/** What waits for the goods of one day. */
type Day = readonly [AssessedWait, ...AssessedWait[]];

/**
 * What of the parts of an order waits for goods is a part of its own for each day on which goods come [CHK-51], so that what is there waits for
 * nothing. A part of which nothing is there waits itself; what shipping costs stays with what leaves first.
 */
export function splitWaiting(
  parts: readonly NewFulfillment[],
  waits: readonly AssessedWait[],
  isGoods: (id: LineId) => boolean,
  nextId: NextId,
): NewFulfillment[] {
  return waits.length === 0 ? [...parts] : parts.flatMap((part) => splitPart(part, daysOf(part, waits), isGoods, nextId));
}

function splitPart(part: NewFulfillment, days: readonly Day[], isGoods: (id: LineId) => boolean, nextId: NextId): NewFulfillment[] {
  const [first, ...later] = days;
  if (!first) return [part];
  const units = part.units.map(({ orderLineId, quantity }) => ({ order_line_id: orderLineId, quantity }));
  const rest = restOf(units, days.flatMap(unitsOf));
  if (rest.some(({ orderLineId }) => isGoods(orderLineId)))
    return [{ ...part, units: rest }, ...days.map((day) => laterPart(part, day, nextId()))];
  const itself = { ...part, units: [...unitsOf(first), ...rest], ...awaiting(part, first) };
  return [itself, ...later.map((day) => laterPart(part, day, nextId()))];
}

/** What waits of a part, the earliest day first. */
function daysOf({ done_at, placeId, units }: NewFulfillment, waits: readonly AssessedWait[]): Day[] {
  const own = waits.filter((wait) => wait.placeId === placeId && units.some(({ orderLineId }) => orderLineId === wait.lineId));
  const days = [...Map.groupBy(done_at === null ? own : [], ({ on }) => on).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return days.flatMap(([, [first, ...others]]): Day[] => (first ? [[first, ...others]] : []));
}

const unitsOf = (day: Day): LineUnits[] => day.map(({ lineId, quantity }) => ({ orderLineId: lineId, quantity }));

/** It is fetched or sent by itself, when its goods are there: no slot of the rest is its own. */
function laterPart(part: NewFulfillment, day: Day, id: string): NewFulfillment {
  const kind = part.kind === "ship" ? "ship" : "collect";
  const whole = { ...part, id, kind, due_at: null, slot_until: null, slot: null } as const;
  return { ...whole, units: unitsOf(day), ...awaiting(whole, day) };
}

/** Until when it is promised: the last of it, and not before its customer wants it. */
function awaiting({ due_at, shipment }: NewFulfillment, day: Day): Pick<NewFulfillment, "awaits_on" | "promised_at" | "shipment"> {
  const latest = (dates: readonly (Date | null)[]): Date | null =>
    dates.reduce<Date | null>((last, date) => (date && (!last || date > last) ? date : last), null);
  return {
    awaits_on: day[0].on,
    promised_at: latest([due_at, ...day.map(({ promiseAt }) => promiseAt)]),
    shipment: shipment && { ...shipment, ship_by: latest(day.map(({ shipBy }) => shipBy)) },
  };
}
