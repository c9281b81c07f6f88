import { asId, err, ok, type FulfillmentId, type Id, type LineId, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx, Vault } from "../../platform/index.ts";
import {
  awaitsGoods,
  endUncollected,
  fulfillmentsOf,
  lockFulfillment,
  lossOf,
  mayChange,
  move,
  mustRead,
  passChargeOn,
  planElsewhere,
  refuseUnits,
  restOf,
  tellReady,
  unitsOf,
  type LineUnits,
  type RefusalReason,
  type UnitsDecision,
  type WholeFulfillment,
} from "../fulfillment/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import { nearestAlternative, placesOffered, promisesFor } from "../promises/index.ts";
import { cancelUnits } from "./cancel-units.ts";
import { servedOn } from "./coming.ts";
import type { CheckoutError } from "./errors.ts";
import { shippedElsewhere, type Coming, type Elsewhere } from "./ship-elsewhere.ts";

export type RejectionWish = {
  readonly reason: RefusalReason;
  /** All units when none are named. */
  readonly lines: readonly LineUnits[];
  /** Whether another place may serve them. */
  readonly elsewhere: boolean;
};

/**
 * A place refuses units [CHK-13]: the nearest place of the same entity that can serve them does so, with a code of its own; what is shipped is
 * routed anew, over several places where the chain spreads its orders [CHK-42]. What nobody can serve is canceled and its money goes back. What its customer does not want is canceled and served by nobody else [FUL-16].
 * Refused as a whole twice it stays refused.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.not_possible`, `fulfillment.units_unknown`,
 * `fulfillment.not_changeable`.
 */
export async function rejectUnits(
  ctx: Ctx,
  vault: Vault,
  fulfillmentId: FulfillmentId,
  wish: RejectionWish,
): Promise<Result<WholeFulfillment, CheckoutError>> {
  return giveElsewhere(ctx, vault, fulfillmentId, { ...wish, isMoveOnly: false, isMissing: false, lost: lossOf(wish.reason) });
}

export type MoveWish = RejectionWish & {
  /** Where no other place can, nothing is done. */
  readonly isMoveOnly: boolean;
  /** The units are owed and not there: a part gives them up also while it waits for other goods. */
  readonly isMissing: boolean;
  /** The goods leave what is on hand as well. */
  readonly lost: "correction" | "waste" | null;
  /** Nobody else serves them: they wait at their place for goods of this variant. */
  readonly waitsFor?: Coming & { readonly variantId: VariantId };
};

/** As `rejectUnits`, for whoever knows what became of the goods. Errors: those of `rejectUnits`, `conflict.no_other_place`. */
export async function giveElsewhere(
  ctx: Ctx,
  vault: Vault,
  fulfillmentId: FulfillmentId,
  { reason, lines, elsewhere, isMoveOnly, isMissing, lost, waitsFor }: MoveWish,
): Promise<Result<WholeFulfillment, CheckoutError>> {
  const found = await lockFulfillment(ctx, fulfillmentId);
  if (!found.ok) return found;
  const { fulfillment } = found.value;
  const waits = isMissing ? undefined : awaitsGoods(found.value);
  if (waits) return err(waits);
  const decision = move(fulfillment.state, "reject");
  if (decision.kind === "refused") return err({ code: "fulfillment.not_possible", state: decision.because });
  if (decision.kind === "is_there") return found;
  const isWish = reason === "not_wanted";
  if (isWish && !(await mayChange(ctx, fulfillment))) return err({ code: "fulfillment.not_changeable" });
  const units = withDelivery(found.value, unitsOf(found.value.lines, lines));
  if (units.kind === "unknown") return err({ code: "fulfillment.units_unknown" });
  const missing = { whole: found.value, units: units.units };
  const others = waitsFor
    ? [await servedOn(ctx, { ...missing, variantId: waitsFor.variantId }, waitsFor)]
    : elsewhere && !isWish
      ? await placesElsewhere(ctx, found.value, units)
      : [];
  const rest = restOf(
    asLines(units.units),
    others.flatMap((other) => other.units),
  );
  if (isMoveOnly && (others.length === 0 || rest.length > 0)) return err({ code: "conflict.no_other_place" });
  for (const other of others) await refuse(ctx, vault, fulfillmentId, { units: other.units, to: other, reason, lost });
  if (rest.length > 0) await refuse(ctx, vault, fulfillmentId, { units: rest, to: null, reason, lost });
  return ok(await mustRead(ctx, fulfillmentId));
}

type Refused = Pick<MoveWish, "reason" | "lost"> & { readonly units: readonly LineUnits[]; readonly to: Elsewhere | null };

/** Takes units off, for one other place that serves them or for nobody. The charge of a parcel that nobody sends stays with another one. */
async function refuse(ctx: Ctx, vault: Vault, fulfillmentId: FulfillmentId, { units: asked, to, reason, lost }: Refused): Promise<void> {
  const before = await mustRead(ctx, fulfillmentId);
  const { order_id: orderId, place_id: placeId } = before.fulfillment;
  const whole = to ? before : await passChargeOn(ctx, before, asked);
  const stays = asked.filter(({ orderLineId }) => whole.lines.some(({ order_line_id }) => order_line_id === orderLineId));
  const units = unitsOf(whole.lines, stays);
  if (units.kind === "unknown") throw new Error(`units of fulfillment ${fulfillmentId} are gone although its order is locked`);
  const id = ctx.newId<Id<"refusal">>();
  const movedTo = to && { id: await planElsewhere(ctx, vault, whole, { ...to, awaitsOn: to.coming?.on ?? null }), placeId: to.placeId };
  await refuseUnits(ctx, whole, { id, reason, units, movedTo });
  if (to?.coming) await waitForGoods(ctx, whole, units.units, to.coming);
  else if (movedTo) await moveStock(ctx, { found: whole, units: units.units, to: movedTo.placeId, cause: id, lost, reason });
  else await cancelUnits(ctx, { orderId, placeId, units: units.units, paysBack: () => true, reason, cause: id, lost });
}

const asLines = (units: readonly LineUnits[]) => units.map(({ orderLineId, quantity }) => ({ order_line_id: orderLineId, quantity }));

/**
 * What shipping costs is no goods to be refused by itself, and goes with the last goods: somebody who gets nothing pays for no parcel.
 */
function withDelivery({ lines }: WholeFulfillment, units: UnitsDecision): UnitsDecision {
  if (units.kind !== "some") return units;
  const refused = new Map(units.units.map(({ orderLineId, quantity }) => [orderLineId, quantity]));
  const stays = lines.some(({ kind, order_line_id, quantity }) => kind === "goods" && (refused.get(order_line_id) ?? 0) < quantity);
  if (!stays) return unitsOf(lines, []);
  const delivery = new Set(lines.filter(({ kind }) => kind === "delivery").map(({ order_line_id }) => order_line_id));
  return units.units.some(({ orderLineId }) => delivery.has(orderLineId)) ? { kind: "unknown" } : units;
}

type StockMove = {
  readonly found: WholeFulfillment;
  readonly units: readonly LineUnits[];
  readonly to: PlaceId;
  readonly cause: string;
  readonly lost: "correction" | "waste" | null;
  readonly reason: string;
};

async function moveStock(ctx: Ctx, { found: { fulfillment }, units, to, cause, lost, reason }: StockMove): Promise<void> {
  await sql`
    select stock.reallocate(${fulfillment.order_id}, ${fulfillment.place_id}, ${to}, taken.lines, taken.quantities, ${cause}::uuid, ${lost}, ${reason})
      from stock.in_parts(${units.map(({ orderLineId }) => orderLineId)}::uuid[], ${units.map(({ quantity }) => quantity)}::integer[]) as taken`.execute(
    ctx.db,
  );
}

async function waitForGoods(
  ctx: Ctx,
  { fulfillment }: WholeFulfillment,
  units: readonly LineUnits[],
  { on, isAhead }: Coming,
): Promise<void> {
  const lines = units.map(({ orderLineId }) => orderLineId);
  const quantities = units.map(({ quantity }) => quantity);
  await sql`
    select stock.wait_instead(${fulfillment.order_id}, ${fulfillment.place_id}, ${lines}::uuid[], ${quantities}::integer[], ${on}::date, ${isAhead})`.execute(
    ctx.db,
  );
}

/** Which place would serve all of these units instead, as it is now; undefined where none can. */
export async function otherPlaceFor(ctx: Reader, whole: WholeFulfillment, lines: readonly LineUnits[]): Promise<PlaceId | undefined> {
  const units = withDelivery(whole, unitsOf(whole.lines, lines));
  if (units.kind === "unknown") return undefined;
  const [other, ...further] = await placesElsewhere(ctx, whole, units);
  return other && further.length === 0 && restOf(asLines(units.units), other.units).length === 0 ? other.placeId : undefined;
}

type Reader = Pick<ReadCtx, "db" | "snapshots" | "now">;

/** Who serves units instead: of what is collected one place all of them, of what is shipped several places as much as they have. */
async function placesElsewhere(
  ctx: Reader,
  whole: WholeFulfillment,
  units: Exclude<UnitsDecision, { kind: "unknown" }>,
): Promise<readonly Elsewhere[]> {
  // What is due is taken at one counter: it goes along when everything does.
  if (whole.due > 0 && units.kind !== "all") return [];
  if (whole.shipment) return shippedElsewhere(ctx, whole, whole.shipment, units);
  const store = await storeElsewhere(ctx, whole, units.units);
  return store ? [{ ...store, units: units.units }] : [];
}

/**
 * Where else the units can be had: a store of the same entity that hands over collections, that the order's channel may promise, and that
 * does not serve a part of this order already, nor has declined to send the goods.
 */
async function storeElsewhere(
  ctx: Reader,
  { fulfillment }: WholeFulfillment,
  units: readonly LineUnits[],
): Promise<{ placeId: PlaceId; promisedAt: Date | null } | undefined> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const here = places.get(fulfillment.place_id);
  if (!here) return undefined;
  const variants = await variantsOf(ctx, units);
  const serving = new Set((await fulfillmentsOf(ctx, fulfillment.order_id)).map((whole) => whole.fulfillment.place_id));
  const declining = await declinedBy(ctx, here.id, variants);
  const stores = [...places.values()].filter((place) => isAlternative(place, here) && !serving.has(place.id) && !declining.has(place.id));
  const isOffered = await placesOffered(ctx, { channelId: fulfillment.channel_id, placeId: here.id }, stores);
  const offered = stores.filter(({ id }) => isOffered(id));
  if (offered.length === 0 || variants.length !== units.length) return undefined;
  const wishes = offered.flatMap(({ id: placeId }) => variants.map((wish) => ({ ...wish, placeId })));
  const promises = await promisesFor(ctx, wishes, ctx.now);
  const candidates = offered.map((place, index) => {
    const own = promises.slice(index * variants.length, (index + 1) * variants.length).map((promise) => promise?.promiseAt ?? null);
    const instants = own.filter((instant) => instant !== null);
    const latest = instants.length === own.length ? instants.reduce((a, b) => (b > a ? b : a)) : null;
    const promise = { method: null, promiseAt: latest, because: null };
    return { placeId: place.id, latitude: place.latitude, longitude: place.longitude, promise };
  });
  const chosen = nearestAlternative(here, candidates);
  return chosen && { placeId: chosen.placeId, promisedAt: chosen.promise.promiseAt };
}

/** The places that have just said that they do not send such goods to a place [STK-18]. */
async function declinedBy(
  ctx: Reader,
  placeId: PlaceId,
  variants: readonly { readonly variantId: VariantId }[],
): Promise<ReadonlySet<PlaceId>> {
  const { rows } = await sql<{ from: PlaceId }>`
    select distinct cause_id as "from" from stock.read_conflict
     where place_id = ${placeId} and variant_id = any(${variants.map(({ variantId }) => variantId)}::uuid[])
       and cause_type = 'declined' and resolved_at is null`.execute(ctx.db);
  return new Set(rows.map(({ from }) => from));
}

const isAlternative = (place: Place, here: Place): boolean =>
  place.entityId === here.entityId && place.kind !== "warehouse" && place.status === "active" && place.services.includes("collect");

/** What the units are of, summed by variant; empty when one names no goods of the catalog. */
async function variantsOf(ctx: Reader, units: readonly LineUnits[]): Promise<{ variantId: VariantId; quantity: number }[]> {
  const { rows } = await sql<{ id: LineId; variantId: VariantId | null }>`
    select id, variant_id as "variantId" from orders.read_line where id = any(${units.map(({ orderLineId }) => orderLineId)}::uuid[])`.execute(
    ctx.db,
  );
  const known = new Map(rows.map(({ id, variantId }) => [id, variantId]));
  return units.flatMap(({ orderLineId, quantity }) => {
    const variantId = known.get(orderLineId);
    return variantId ? [{ variantId, quantity }] : [];
  });
}

export type GiveUp = { readonly reason: string; readonly refund: "shelf_goods" | "all" };

/**
 * Ends what nobody fetched within its time [CHK-14]: goods go back on the shelf and are paid back, what was made for the customer is paid
 * back only when `refund` says all; what was to be paid at the counter is owed no more. Ended twice it stays ended.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.not_possible`, `fulfillment.not_overdue`.
 */
export async function giveUpCollection(
  ctx: Ctx,
  fulfillmentId: FulfillmentId,
  { reason, refund }: GiveUp,
): Promise<Result<WholeFulfillment, CheckoutError>> {
  const found = await lockFulfillment(ctx, fulfillmentId);
  if (!found.ok) return found;
  if (found.value.fulfillment.state === "not_collected") return found;
  const ended = await endUncollected(ctx, found.value, reason);
  if (!ended.ok) return ended;
  const { order_id: orderId, place_id: placeId } = found.value.fulfillment;
  const units = found.value.lines.map(({ order_line_id, quantity }) => ({ orderLineId: order_line_id, quantity }));
  const onShelf = await shelfGoods(ctx, units);
  const paysBack = (line: LineId) => refund === "all" || found.value.due > 0 || onShelf.has(line);
  await cancelUnits(ctx, { orderId, placeId, units, paysBack, reason, cause: fulfillmentId, lost: null });
  await tellReady(ctx, orderId);
  return ok(await mustRead(ctx, fulfillmentId));
}

/** Lines whose goods are counted: they can be sold again. What was made for the customer cannot. */
async function shelfGoods(ctx: Ctx, units: readonly LineUnits[]): Promise<ReadonlySet<LineId>> {
  const { rows } = await sql<{ id: string }>`
    select id from orders.read_line where allocated > 0 and id = any(${units.map(({ orderLineId }) => orderLineId)}::uuid[])`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ id }) => asId<LineId>(id)));
}
