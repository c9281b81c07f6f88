import { wallClock, type BusinessDate, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import type { LineUnits, WholeFulfillment } from "../fulfillment/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import {
  arrivalsAt,
  expectedOn,
  goodsStates,
  methodsOf,
  promiseForAll,
  promisingNow,
  shippingPlace,
  shippingPromise,
  type ShippedWish,
} from "../promises/index.ts";
import type { Coming, Elsewhere } from "./ship-elsewhere.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots" | "now">;

/** Units of a part that its place was promised to have and has not. */
export type MissingUnits = { readonly whole: WholeFulfillment; readonly variantId: VariantId; readonly units: readonly LineUnits[] };

/**
 * The day on which goods for missing units are to come to their place [CHK-52]: by what is on its way there, behind all who wait already, or
 * with what is sold ahead there, whichever is first. Undefined where nobody can say it, for goods with parts, and for a line that waits already.
 */
export async function comingFor(ctx: Reader, { whole, variantId, units }: MissingUnits): Promise<Coming | undefined> {
  const place = await placeOf(ctx, whole);
  if (!place || !(await mayWait(ctx, place, variantId, units))) return undefined;
  const arrivals = (await arrivalsAt(ctx, variantId, [place.id])).get(place.id) ?? [];
  const { available, waiting } = await levelNow(ctx, place, variantId);
  const arrives = expectedOn(available, waiting, arrivals, wallClock(ctx.now, place.timeZone).date);
  const { ahead } = (await goodsStates(ctx, [variantId], [place.id]))(variantId, place.id);
  const sold = ahead?.kind === "backorder" && ahead.left >= countOf(units) ? ahead.on : null;
  if (sold !== null && (arrives === null || sold < arrives)) return { on: sold, isAhead: true };
  return arrives === null ? undefined : { on: arrives, isAhead: false };
}

/** Who serves missing units that wait for goods: their own place, as it promises what comes on that day. */
export async function servedOn(ctx: Reader, { whole, variantId, units }: MissingUnits, coming: Coming): Promise<Elsewhere> {
  const place = await placeOf(ctx, whole);
  const placeId = whole.fulfillment.place_id;
  if (!place) return { placeId, units, promisedAt: null, coming };
  const wish = await wishOn(ctx, variantId, countOf(units), coming.on);
  if (!whole.shipment) {
    const { promiseAt } = promiseForAll([wish], await promisingNow(ctx.snapshots, place, ctx.now), ctx.now);
    return { placeId, units, promisedAt: promiseAt, coming };
  }
  const { country, method_id: methodId } = whole.shipment;
  const method = (await methodsOf(ctx, place.entityId, country)).find(({ id }) => id === methodId) ?? null;
  const { promiseAt, shipBy } = shippingPromise([wish], shippingPlace(place), method, country, ctx.now);
  return { placeId, units, promisedAt: promiseAt, shipBy, coming };
}

const placeOf = async (ctx: Reader, { fulfillment }: WholeFulfillment): Promise<Place | undefined> =>
  (await ctx.snapshots.current(placesSnapshot)).places.get(fulfillment.place_id);

const countOf = (units: readonly LineUnits[]): number => units.reduce((sum, { quantity }) => sum + quantity, 0);

async function mayWait(ctx: Reader, { id }: Place, variantId: VariantId, units: readonly LineUnits[]): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select l.id from orders.read_line l
     where l.id = any(${units.map(({ orderLineId }) => orderLineId)}::uuid[]) and l.variant_id = ${variantId}
       and not exists (select from stock.read_waiting w where w.line_id = l.id and w.place_id = ${id})`.execute(ctx.db);
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  return rows.length === units.length && catalog.partsOf(variantId).length === 0;
}

async function levelNow(ctx: Reader, { id }: Place, variantId: VariantId): Promise<{ available: number; waiting: number }> {
  const { rows } = await sql<{ available: number; waiting: number }>`
    select a.available, coalesce((select sum(w.quantity) from stock.read_waiting w
        where w.variant_id = a.variant_id and w.place_id = a.place_id), 0)::integer as waiting
      from stock.read_available a where a.variant_id = ${variantId} and a.place_id = ${id}`.execute(ctx.db);
  return rows[0] ?? { available: 0, waiting: 0 };
}

async function wishOn(ctx: Reader, variantId: VariantId, quantity: number, on: BusinessDate): Promise<ShippedWish> {
  const product = (await ctx.snapshots.current(catalogSnapshot)).variantOf(variantId)?.product;
  const goods = {
    inAssortment: true,
    soldOut: null,
    tracked: true,
    available: 0,
    ahead: { kind: "backorder", left: quantity, on },
    prepSeconds: product?.prepSeconds ?? 0,
    unit: product?.unit ?? "piece",
    isShippable: true,
  } as const;
  return { goods, quantity };
}
