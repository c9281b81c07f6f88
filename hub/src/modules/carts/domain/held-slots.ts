import type { Because } from "@weft/contracts/client";
import { asId, type CartId, type LineId, type PlaceId } from "@weft/kernel";
import { lineIdOf } from "../../catalog/domain/index.ts";
import {
  firstSlotFor,
  hasRoom,
  roomOf,
  slotIdOf,
  takenOf,
  whyNoSlot,
  whyNotServed,
  workOn,
  type JointPromise,
  type PromisingPlace,
  type SlotLoad,
  type SlotRule,
  type TakenRoom,
} from "../../promises/domain/index.ts";
import type { AssessedLine } from "./assessed.ts";
import type { AssessedCollection } from "./assess-collections.ts";
import { isImmaterial } from "./booked.ts";
import type { LoadedCart, Wanted } from "./cart.ts";
import { elsewhereOf } from "./elsewhere.ts";

/** What a cart holds of slots [PRM-23], and what others have taken at the places where it holds nothing of the one that it wants. */
export type CartSlots = {
  readonly held: readonly { readonly heldAs: string; readonly placeId: PlaceId; readonly startsAt: Date; readonly until: Date }[];
  readonly takenAt?: ReadonlyMap<PlaceId, (startsAt: Date) => SlotLoad>;
};

/** A slot that a cart wants something in. */
export type WantedSlot = { readonly heldAs: string; readonly placeId: PlaceId; readonly startsAt: Date };

/** A slot of a cart with what it takes there. */
export type AssessedSlot = WantedSlot & {
  readonly endsAt: Date;
  readonly taken: TakenRoom;
  /** Until when its room is the cart's; null: it holds none of it. */
  readonly heldUntil: Date | null;
  /** Why its goods cannot be collected in it; null: they can. */
  readonly because: Because | null;
};

/** The next slot is looked for over so many dates: who asks for more looks at the list. */
const NEXT_WITHIN_DATES = 3;

/** As what a cart holds room of a slot: of its own place as itself, of others as something of their own, because one thing is held of one slot. */
export function heldAsOf(cartId: CartId, beside?: { readonly placeId: PlaceId; readonly dueAt: Date | null }): string {
  if (!beside) return cartId;
  const named = `${beside.placeId} ${beside.dueAt?.getTime() ?? "soon"}`;
  return lineIdOf(asId<LineId>(cartId), named as PlaceId); // only its letters are looked at
}

/** The slots that a cart names: of what is fetched at its place, and of lines that are fetched at others. */
export function slotsWanted({ id, placeId, wanted }: Pick<LoadedCart, "id" | "placeId" | "wanted">): WantedSlot[] {
  const own: WantedSlot[] =
    wanted?.inSlot && wanted.dueAt && placeId !== null ? [{ heldAs: heldAsOf(id), placeId, startsAt: wanted.dueAt }] : [];
  const away = (wanted?.kind === "ship" ? [] : (wanted?.elsewhere ?? [])).flatMap((way): WantedSlot[] =>
    way.kind === "collect" && way.inSlot && way.dueAt
      ? [{ heldAs: heldAsOf(id, { placeId: way.placeId, dueAt: way.dueAt }), placeId: way.placeId, startsAt: way.dueAt }]
      : [],
  );
  return [...new Map([...own, ...away].map((slot) => [slot.heldAs, slot])).values()];
}

type Assessed = {
  readonly lines: readonly AssessedLine[];
  readonly promise: JointPromise | null;
  readonly promising: PromisingPlace | null;
  readonly placeId: PlaceId | null;
  readonly collections: readonly AssessedCollection[];
  readonly at: Date;
};

/**
 * The slots that goods of a cart are wanted in, each with the room that they take there, whether the cart holds it, and why they cannot be had in it: it
 * is none, it is too soon, or it has no room for all of them, with the next one that has [PRM-25]. A slot that nothing is wanted in any more is left out.
 */
export function assessSlots(cart: LoadedCart, wanted: Wanted | null, facts: Assessed): AssessedSlot[] {
  const { promising, promise, placeId, at } = facts;
  const goods = facts.lines.filter((line) => !isImmaterial(line));
  const own = goods.filter(({ id }) => !elsewhereOf(wanted, id));
  const slots: AssessedSlot[] = [];
  if (wanted && wanted.kind !== "ship" && wanted.inSlot && wanted.dueAt && placeId !== null && promise && promising && own.length > 0)
    slots.push(...slotOf(cart, { heldAs: heldAsOf(cart.id), placeId, startsAt: wanted.dueAt }, { lines: own, promise, promising, at }));
  for (const collection of facts.collections) {
    const { dueAt, inSlot, place, promise: promised } = collection;
    if (!inSlot || !dueAt || !place || !promised) continue;
    const lines = goods.filter(({ id }) => collection.lineIds.includes(id));
    const named = { heldAs: heldAsOf(cart.id, collection), placeId: collection.placeId, startsAt: dueAt };
    slots.push(...slotOf(cart, named, { lines, promise: promised, promising: place.promising, at }));
  }
  return slots;
}

type Goods = {
  readonly lines: readonly AssessedLine[];
  readonly promise: JointPromise;
  readonly promising: PromisingPlace;
  readonly at: Date;
};

/** Nothing where the place has no slots, or has none of the goods ready ever: that is said by what they lack. */
function slotOf(cart: LoadedCart, wanted: WantedSlot, { lines, promise, promising, at }: Goods): AssessedSlot[] {
  const { slots: rule } = promising;
  const { startsAt } = wanted;
  if (!rule || !promise.promiseAt) return [];
  const place = { ...promising, slots: rule };
  const work = workOn(lines);
  const held = cart.slots?.held.find((one) => one.heldAs === wanted.heldAs && isSame(one, wanted));
  const heldUntil = held && held.until > at ? held.until : null;
  const goods = { readyAt: promise.promiseAt, work, ...(promise.served && { served: promise.served }) };
  const loadOf = heldUntil ? undefined : cart.slots?.takenAt?.get(wanted.placeId);
  const because =
    whyNotServed(promise, startsAt, place.timeZone) ??
    whyNoSlot(place, startsAt, promise.promiseAt, at, heldUntil !== null) ??
    (loadOf ? whyFull(place, wanted, goods, loadOf, at) : null);
  const endsAt = new Date(startsAt.getTime() + rule.minutes * 60_000);
  return [{ ...wanted, endsAt, taken: takenOf(place, startsAt, work, { kind: "slot", enforce: true }), heldUntil, because }];
}

const isSame = (a: WantedSlot, b: WantedSlot): boolean => a.placeId === b.placeId && a.startsAt.getTime() === b.startsAt.getTime();

function whyFull(
  place: PromisingPlace & { readonly slots: SlotRule },
  { placeId, startsAt }: WantedSlot,
  goods: Parameters<typeof firstSlotFor>[1],
  loadOf: (startsAt: Date) => SlotLoad,
  at: Date,
): Because | null {
  if (hasRoom(place.slots, roomOf(place, startsAt), loadOf(startsAt), goods.work)) return null;
  const next = firstSlotFor(place, goods, loadOf, { at, from: startsAt, dates: NEXT_WITHIN_DATES });
  return {
    kind: "slot_full",
    data: {
      startsAt: startsAt.toISOString(),
      nextAt: next?.startsAt.toISOString() ?? null,
      nextSlotId: next ? slotIdOf(placeId, next.startsAt) : null,
    },
  };
}
