import type { LineId, PlaceId } from "@weft/kernel";
import { promiseForAll, whyNoSlot, whyNotSo, type JointPromise, type PromisingPlace } from "../../promises/domain/index.ts";
import type { AssessedLine, Requirement } from "./assess.ts";
import { whatIsThere, type LineWish } from "./assess-waits.ts";
import type { Wanted } from "./cart.ts";
import { elsewhereOf, sameWay, type ElsewhereWay } from "./elsewhere.ts";

/** A store at which lines of a cart are fetched that is sold at another one. */
export type CollectingPlace = {
  readonly name: string;
  /** It is an open store of the legal entity that sells. */
  readonly isServing: boolean;
  readonly promising: PromisingPlace;
};

/** What of a cart is fetched together at another store [CRT-26]. */
export type AssessedCollection = {
  readonly placeId: PlaceId;
  readonly placeName: string;
  readonly dueAt: Date | null;
  readonly inSlot: boolean;
  readonly lineIds: readonly [LineId, ...LineId[]];
  readonly promise: JointPromise | null;
  readonly place: CollectingPlace | undefined;
};

type Around = { readonly collecting: ReadonlyMap<PlaceId, CollectingPlace>; readonly at: Date };
type Wishes = (lines: readonly AssessedLine[], placeId: PlaceId) => readonly LineWish[];

/** The collections of a cart beside the rest of it: one for each store and slot, promised by that store's own hours and stock. */
export function collectionsOf(
  wanted: Wanted | null,
  lines: readonly AssessedLine[],
  { collecting, at }: Around,
  wishesAt: Wishes,
): AssessedCollection[] {
  const groups: { readonly way: Extract<ElsewhereWay, { kind: "collect" }>; readonly lines: AssessedLine[] }[] = [];
  for (const line of lines) {
    const way = elsewhereOf(wanted, line.id);
    if (way?.kind !== "collect") continue;
    const group = groups.find((other) => sameWay(other.way, way));
    if (group) group.lines.push(line);
    else groups.push({ way, lines: [line] });
  }
  return groups.flatMap(({ way: { placeId, dueAt, inSlot = false }, lines: [first, ...others] }) => {
    if (!first) return [];
    const place = collecting.get(placeId);
    const promise = place ? promiseForAll(whatIsThere(wishesAt([first, ...others], placeId)), place.promising, at) : null;
    const lineIds = [first.id, ...others.map(({ id }) => id)] as const;
    return [{ placeId, placeName: place?.name ?? "", dueAt, inSlot, lineIds, promise, place }];
  });
}

/** What keeps goods from being fetched there: the store as such, its hours, its slots. What it lacks of a line is said by line. */
export function collectionRequirements(collections: readonly AssessedCollection[], at: Date): Requirement[] {
  return collections.flatMap(({ placeId, place, promise, dueAt, inSlot, lineIds: [lineId] }): Requirement[] => {
    if (!place?.isServing) return [{ code: "places.not_serving", lineId, data: { placeId } }];
    return promise ? promiseRequirements(promise, { kind: "collect", dueAt, inSlot }, { promising: place.promising, at, lineId }) : [];
  });
}

type Handing = Pick<Wanted, "dueAt" | "inSlot"> & { readonly kind: "take_away" | "collect" };

/** What the hours and slots of a place do to a promise [PRM-5]. */
export function promiseRequirements(
  promise: JointPromise,
  { kind, dueAt, inSlot }: Handing,
  { promising, at, lineId }: { readonly promising: PromisingPlace; readonly at: Date; readonly lineId: LineId | null },
): Requirement[] {
  const because =
    inSlot && dueAt && promise.promiseAt
      ? whyNoSlot(promising, dueAt, promise.promiseAt, at)
      : whyNotSo(promise, { kind, dueAt }, promising);
  if (!because || OF_A_LINE.has(because.kind)) return [];
  return [{ code: `promise.${because.kind}`, lineId, data: { ...because.data, promiseAt: promise.promiseAt?.toISOString() ?? null } }];
}

const OF_A_LINE: ReadonlySet<string> = new Set(["not_sold_here", "sold_out", "stock_short", "backorder", "preorder"]);
