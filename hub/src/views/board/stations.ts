import type { StationQueueView, StationTicketView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import { catalogSnapshot, categoryCodes, type Catalog } from "../../modules/catalog/index.ts";
import { channelsSnapshot } from "../../modules/channels/index.ts";
import { roundWork, stationWork, type StationLine, type StationWork } from "../../modules/fulfillment/index.ts";
import { placesSnapshot, readStations, stationOf, type Station } from "../../modules/places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { boardName } from "./queue.ts";

type Item = StationTicketView["items"][number];

/** More waits in no kitchen that still promises anything. */
const MOST_TICKETS = 60;
/** What can be called back; further back nobody remembers what was in their hands. */
const MOST_RECENT = 12;
const TO_DO: ReadonlySet<string> = new Set(["planned", "assigned", "accepted", "in_preparation"]);

/** The queue of a place's stations: what each has to make, by order, and what was made a moment ago [BRD-3]. */
export async function stationQueueOf(ctx: Pick<ReadCtx, "db" | "snapshots">, placeId: PlaceId, now: Date): Promise<StationQueueView> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  const stations = readStations(place?.settings.stations ?? "") ?? [];
  const at = now.toISOString();
  // When it was read: a sale that a till tells of late has an older step than what happened here meanwhile, and is news all the same.
  const version = now.getTime();
  if (stations.length === 0) return { stations: [], tickets: [], recent: [], at, version };
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const readyMs = (place?.settings.collectReadyMinutes ?? 0) * 60_000;
  const rounds = place?.settings.tables ? await roundWork(ctx, placeId, now) : [];
  const work = [...rounds, ...(await stationWork(ctx, placeId, now))].map((one): Shown => {
    return { one, items: itemsOf(one, catalog, stations), due: dueAt(one, readyMs) };
  });
  const present = (shown: Shown): StationTicketView => ticketOf(shown, channels.get(shown.one.channelId)?.kind ?? null);
  return {
    stations: stations.map(({ name }) => name),
    tickets: work.filter(isToDo).sort(byUrgency).slice(0, MOST_TICKETS).map(present),
    recent: work.filter(isRecent).sort(newestFirst).slice(0, MOST_RECENT).map(present),
    at,
    version,
  };
}

type Shown = { readonly one: StationWork; readonly items: readonly Item[]; readonly due: Date };

/** What is made of an order, with what is put beside it; of a sale over the counter only what is made. Empty: no station has to do with it. */
function itemsOf(work: StationWork, catalog: Catalog, stations: readonly Station[]): Item[] {
  const items = work.lines.map((line) => itemOf(line, catalog, stations));
  if (!items.some(({ isMade }) => isMade)) return [];
  return work.isWalkIn ? items.filter(({ isMade }) => isMade) : items;
}

function itemOf(
  { orderLineId, sku, name, options, quantity, canceled = 0, unit, isDone, note, table }: StationLine,
  catalog: Catalog,
  stations: readonly Station[],
): Item {
  const product = catalog.variantOfSku(sku)?.product;
  return {
    orderLineId,
    station: stationOf(stations, product ? categoryCodes(catalog, product.categoryId) : []) ?? "",
    name,
    options: options.map((option) => option.name),
    quantity,
    // What was made before it was taken off concerns nobody here any more.
    ...(canceled > 0 && !isDone && { canceled }),
    unit: unit === "gram" ? "gram" : "piece",
    allergens: [...(product?.allergens ?? [])],
    isMade: (product?.prepSeconds ?? 0) > 0,
    done: isDone,
    ...(note !== null && { note }),
    ...(table !== undefined && { table }),
  };
}

/** Sold over the counter it has no state of its own: it is to do until it is made. An order is until it is ready, also with all of it made. */
const isToDo = ({ one, items }: Shown): boolean =>
  one.isWalkIn ? items.some(({ done }) => !done) : items.length > 0 && TO_DO.has(one.state);

/** Made, and still here to be called back. */
const isRecent = ({ one, items }: Shown): boolean =>
  items.length > 0 && items.every(({ done }) => done) && (one.isWalkIn || one.state === "ready");

const doneAt = ({ one }: Shown): number => Math.max(0, ...one.lines.map(({ at }) => at?.getTime() ?? 0));
const newestFirst = (a: Shown, b: Shown): number => doneAt(b) - doneAt(a);

/** Who waits at the counter has waited as long as somebody who ordered ahead at that moment is asked to: the one queue is fair to both. */
function dueAt({ wantedAt, placedAt, isWalkIn }: StationWork, readyMs: number): Date {
  return (isWalkIn ? null : wantedAt) ?? new Date(placedAt.getTime() + readyMs);
}

/** Whoever is there, or on the way, comes before what is wanted later than now [FUL-65]. */
function byUrgency(a: Shown, b: Shown): number {
  return urgency(a) - urgency(b) || a.one.placedAt.getTime() - b.one.placedAt.getTime() || (a.one.id < b.one.id ? -1 : 1);
}

const urgency = ({ one, due }: Shown): number => Math.min(due.getTime(), one.arrivedAt?.getTime() ?? Infinity);

function ticketOf({ one: work, items, due }: Shown, channelKind: StationTicketView["channelKind"]): StationTicketView {
  return {
    id: work.id,
    number: work.orderNumber,
    name: boardName(work.customerName),
    channelKind,
    dining: work.dining,
    ...(work.table !== undefined && { table: work.table }),
    ...(work.course && { course: work.course }),
    isWalkIn: work.isWalkIn,
    placedAt: work.placedAt.toISOString(),
    dueAt: due.toISOString(),
    arrival: work.arrivedAt === null ? null : work.isHere ? "here" : "near",
    ...(work.note !== null && { note: work.note }),
    items: [...items],
  };
}
