import type { Because } from "@weft/contracts/client";
import type { BusinessDate, CartId, LineId, PlaceId } from "@weft/kernel";
import { promiseForAll, whyNotSo, type JointPromise, type PromisingPlace } from "../../promises/domain/index.ts";
import type { AssessedLine, Requirement } from "./assessed.ts";
import { whatIsThere, type LineWish } from "./assess-waits.ts";
import type { Wanted } from "./cart.ts";
import { elsewhereOf, sameWay, type ElsewhereWay } from "./elsewhere.ts";
import { heldAsOf, type AssessedSlot } from "./held-slots.ts";

/** A store at which lines of a cart are fetched that is sold at another one. */
export type CollectingPlace = {
  readonly name: string;
  /** It is an open store of the legal entity that sells. */
  readonly isServing: boolean;
  readonly promising: PromisingPlace;
};

/** Where goods are brought from to the place of a cart [CRT-32], and the day on its calendar on which they are there. */
export type BringingPlace = { readonly name: string; readonly isOpen: boolean; readonly on: BusinessDate };

/** What of a cart is fetched together at another store [CRT-26], or at its own when it was brought there from another place [CRT-32]. */
export type AssessedCollection = {
  readonly placeId: PlaceId;
  readonly placeName: string;
  readonly dueAt: Date | null;
  readonly inSlot: boolean;
  readonly lineIds: readonly [LineId, ...LineId[]];
  readonly promise: JointPromise | null;
  readonly place: CollectingPlace | undefined;
  /** Where it is brought from; null: the store has it. */
  readonly broughtFrom: { readonly placeId: PlaceId; readonly name: string; readonly on: BusinessDate } | null;
};

type Around = {
  readonly collecting: ReadonlyMap<PlaceId, CollectingPlace>;
  readonly bringing?: ReadonlyMap<PlaceId, BringingPlace>;
  /** The place of the cart. */
  readonly home: PlaceId | null;
  readonly at: Date;
};
type Way = Exclude<ElsewhereWay, { kind: "ship" }>;
type Wishes = (lines: readonly AssessedLine[], placeId: PlaceId) => readonly LineWish[];

/** The collections of a cart beside the rest of it: one for each store and slot, promised by that store's own hours and stock. */
export function collectionsOf(
  wanted: Wanted | null,
  lines: readonly AssessedLine[],
  around: Around,
  wishesAt: Wishes,
): AssessedCollection[] {
  const groups: { readonly way: Way; readonly lines: AssessedLine[] }[] = [];
  for (const line of lines) {
    const way = elsewhereOf(wanted, line.id);
    if (!way || way.kind === "ship") continue;
    const group = groups.find((other) => sameWay(other.way, way));
    if (group) group.lines.push(line);
    else groups.push({ way, lines: [line] });
  }
  return groups.flatMap(({ way, lines: [first, ...others] }) => (first ? [collectionOf(way, [first, ...others], around, wishesAt)] : []));
}

function collectionOf(
  way: Way,
  lines: readonly [AssessedLine, ...AssessedLine[]],
  { collecting, bringing, home, at }: Around,
  wishesAt: Wishes,
): AssessedCollection {
  const from = way.kind === "bring" ? bringing?.get(way.placeId) : undefined;
  const placeId = way.kind === "bring" ? (home ?? way.placeId) : way.placeId;
  const place = way.kind === "bring" && !from?.isOpen ? undefined : collecting.get(placeId);
  const [first, ...others] = lines;
  const wishes = wishesAt(lines, way.placeId);
  const promise = place
    ? promiseForAll(from ? wishes.map((wish) => onTheWay(wish, from)) : whatIsThere(wishes), place.promising, at)
    : null;
  const { dueAt, inSlot = false } = way.kind === "collect" ? way : { dueAt: null };
  const broughtFrom = from ? { placeId: way.placeId, name: from.name, on: from.on } : null;
  return {
    placeId,
    placeName: place?.name ?? "",
    dueAt,
    inSlot,
    lineIds: [first.id, ...others.map(({ id }) => id)],
    promise,
    place,
    broughtFrom,
  };
}

/** What the other place has comes to this one on a day, as goods that are sold ahead do; what it has not is short as everywhere. */
function onTheWay(wish: LineWish, { on }: BringingPlace): LineWish {
  const { goods, quantity } = wish;
  if ((goods.available ?? 0) < quantity) return { ...wish, goods: { ...goods, ahead: null } };
  return { ...wish, goods: { ...goods, available: 0, ahead: { kind: "backorder", left: quantity, on } } };
}

/** What keeps goods from being fetched there: the store as such, its hours, its slots. What it lacks of a line is said by line. */
export function collectionRequirements(
  cartId: CartId,
  collections: readonly AssessedCollection[],
  slots: readonly AssessedSlot[],
): Requirement[] {
  return collections.flatMap((collection): Requirement[] => {
    const { placeId, place, promise, dueAt, inSlot, lineIds } = collection;
    const [lineId] = lineIds;
    if (!place?.isServing) return [{ code: "places.not_serving", lineId, data: { placeId } }];
    const slot = slots.find(({ heldAs }) => heldAs === heldAsOf(cartId, collection));
    return promise ? promiseRequirements(promise, { kind: "collect", dueAt, inSlot }, { promising: place.promising, slot, lineId }) : [];
  });
}

/** `slot`: the one that it is wanted in, as it was assessed. */
type PromisedBy = { readonly promising: PromisingPlace; readonly slot: AssessedSlot | undefined; readonly lineId: LineId | null };

/** A place that has no slots has not this one; where it has some, nothing of the cart is to be fetched in it. */
function whyNotIn(dueAt: Date, { slot, promising }: PromisedBy): Because | null {
  if (slot) return slot.because;
  return promising.slots ? null : { kind: "slot_unknown", data: { startsAt: dueAt.toISOString() } };
}

type Handing = Pick<Wanted, "dueAt" | "inSlot"> & { readonly kind: "take_away" | "collect" };

/** What the hours and slots of a place do to a promise [PRM-5]. */
export function promiseRequirements(promise: JointPromise, { kind, dueAt, inSlot }: Handing, by: PromisedBy): Requirement[] {
  const { promising, lineId } = by;
  const because = inSlot && dueAt && promise.promiseAt ? whyNotIn(dueAt, by) : whyNotSo(promise, { kind, dueAt }, promising);
  if (!because || OF_A_LINE.has(because.kind)) return [];
  return [{ code: `promise.${because.kind}`, lineId, data: { ...because.data, promiseAt: promise.promiseAt?.toISOString() ?? null } }];
}

const OF_A_LINE: ReadonlySet<string> = new Set(["not_sold_here", "sold_out", "stock_short", "backorder", "preorder"]);
