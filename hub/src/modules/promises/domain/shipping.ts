import type { Because, LocalizedText } from "@weft/contracts";
import { addDays, instantOf, wallClock, type BusinessDate, type EntityId, type Id } from "@weft/kernel";
import {
  refusalOf,
  unitsOf,
  waitFor,
  waitReason,
  type JointPromise,
  type PromisedGoods,
  type PromisingPlace,
  type Wait,
} from "./promise.ts";

export type DeliveryMethodId = Id<"delivery method">;

/** A way of shipping that a legal entity offers. Amounts are minor units with the tax inside. */
export type DeliveryMethod = {
  readonly id: DeliveryMethodId;
  readonly entityId: EntityId;
  readonly name: LocalizedText;
  readonly price: number;
  readonly currency: string;
  readonly taxClass: string;
  /** Goods worth this much after discounts are shipped for nothing; null: never. */
  readonly freeFrom: number | null;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** Working days from leaving the place to the door. */
  readonly leadDays: number;
  /** Order in which the methods are offered. */
  readonly position: number;
  readonly isActive: boolean;
};

/** A place, as far as shipping from it depends on it. */
export type ShippingPlace = Pick<PromisingPlace, "hours" | "timeZone"> & {
  /** An active place that packs parcels. */
  readonly isShipping: boolean;
  /** Minutes after midnight there until which what is ordered leaves on the same day. */
  readonly cutOffMinutes: number;
};

/** Goods as shipping asks of them: what was made for the customer does not travel, nor what the retailer keeps out of parcels. */
export type ShippedGoods = PromisedGoods & { readonly isShippable: boolean };

export type ShippedWish = { readonly goods: ShippedGoods; readonly quantity: number };

/** `shipBy`: when the parcel has to leave so that the promise holds. */
export type ShippingPromise = JointPromise & { readonly shipBy: Date | null };

/** Parcels are handed out until the evening, at the wall clock of the place that ships. */
const DELIVERED_UNTIL_MINUTES = 20 * 60;
/** A place that packs on none of so many days packs never. */
const DAYS_TO_LOOK = 60;

/**
 * Until when all of these are at the door [PRM-9]: what is ordered until the cut-off of the place leaves on that working day, else on the
 * next, and the carrier takes the method's working days. The same answer in availability, in the cart and at the completion.
 * Reasons: `no_shipping_place`, `not_shipped_to`, `place_closed`, `not_shippable`, `not_sold_here`, `sold_out`, `stock_short` (no
 * promise).
 */
export function shippingPromise(
  wishes: readonly ShippedWish[],
  place: ShippingPlace | null,
  method: DeliveryMethod | null,
  country: string,
  at: Date,
): ShippingPromise {
  if (!method?.isActive || !method.countries.includes(country)) return refused({ kind: "not_shipped_to", data: { country } });
  if (!place) return refused({ kind: "no_shipping_place" });
  const refusal = place.isShipping ? firstRefusal(wishes) : { kind: "place_closed" };
  if (refusal) return refused(refusal);
  const { timeZone, cutOffMinutes } = place;
  const wait = lastWait(wishes);
  const comes = wait && instantOf(wait.on, 0, timeZone);
  const leaves = nextDispatch(place, comes && comes > at ? comes : at);
  if (!leaves) return refused({ kind: "place_closed" });
  const arrives = afterWorkingDays(leaves, method.leadDays);
  return {
    method: "ship",
    shipBy: instantOf(leaves, cutOffMinutes, timeZone),
    promiseAt: instantOf(arrives, DELIVERED_UNTIL_MINUTES, timeZone, "later"),
    because: wait && waitReason(wait),
  };
}

/** What of it comes last, of what is not there yet [PRM-41]. */
function lastWait(wishes: readonly ShippedWish[]): Wait | null {
  const waits = wishes.flatMap(({ goods, quantity }) => waitFor(goods, quantity) ?? []);
  return waits.reduce<Wait | null>((last, one) => (last && last.on >= one.on ? last : one), null);
}

/** What several parcels of one order promise together [PRM-22]: the day of the last; what keeps one of them keeps all. */
export function jointShipping(parcels: readonly ShippingPromise[]): ShippingPromise {
  const kept = parcels.find(({ promiseAt }) => promiseAt === null);
  const [first] = parcels;
  if (kept || !first) return kept ?? refused({ kind: "no_shipping_place" });
  return parcels.reduce((last, one) => ((one.promiseAt ?? 0) > (last.promiseAt ?? 0) ? one : last), first);
}

const refused = (because: Because): ShippingPromise => ({ method: null, promiseAt: null, shipBy: null, because });

/** The first thing in the way of goods that shall travel; null when nothing is. */
function firstRefusal(wishes: readonly ShippedWish[]): Because | null {
  for (const { goods, quantity } of wishes) {
    if (!goods.isShippable || !goods.tracked) return { kind: "not_shippable" };
    const refusal = refusalOf(goods, { isServing: true }, unitsOf(goods), quantity);
    if (refusal) return refusal;
  }
  return null;
}

/** The date on which what is ordered at an instant leaves the place; undefined when it never packs. */
function nextDispatch({ hours, timeZone, cutOffMinutes }: ShippingPlace, at: Date): BusinessDate | undefined {
  const { date: today, minutes } = wallClock(at, timeZone);
  for (let ahead = minutes <= cutOffMinutes ? 0 : 1; ahead < DAYS_TO_LOOK; ahead++) {
    const date = addDays(today, ahead);
    const exception = hours.exceptions.find((one) => one.date === date);
    const intervals = exception?.intervals ?? hours.weekly[weekdayOf(date) - 1] ?? [];
    if (isWorkingDay(date) && intervals.length > 0) return date;
  }
  return undefined;
}

function afterWorkingDays(date: BusinessDate, days: number): BusinessDate {
  let [day, left] = [date, days];
  while (left > 0) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** Carriers work from Monday to Friday. */
const isWorkingDay = (date: BusinessDate): boolean => weekdayOf(date) <= 5;

const weekdayOf = (date: BusinessDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/**
 * How near a place is to an address, higher is nearer. Without a map that is how much of its postcode is the same, because postcodes are given
 * out by region; 0 in another country.
 */
export function nearness(
  place: { readonly country: string; readonly postcode: string },
  to: { readonly country: string; readonly postcode: string | null },
): number {
  if (place.country !== to.country) return 0;
  const wanted = to.postcode ?? "";
  let shared = 0;
  while (shared < wanted.length && place.postcode[shared] === wanted[shared]) shared += 1;
  return 10 + Math.min(shared, 10);
}

/** The methods that ship to a country, in the order in which they are offered. */
export function methodsTo(methods: readonly DeliveryMethod[], country: string): DeliveryMethod[] {
  return methods
    .filter(({ isActive, countries }) => isActive && countries.includes(country))
    .sort((a, b) => a.position - b.position || a.price - b.price || (a.id < b.id ? -1 : 1));
}
