import { businessDate, type BusinessDate, type FulfillmentId, type Id, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../platform/index.ts";
import { documentPlace } from "../places/index.ts";
import type { TakenRoom } from "../promises/index.ts";
import { codeMac } from "./code-mac.ts";
import { step, tellReady } from "./commands.ts";
import { collectCode, type RefusalReason, type UnitsDecision } from "./domain.ts";
import { FulfillmentRejected } from "./events.ts";
import type { WholeFulfillment } from "./queries.ts";

export type Refusal = {
  readonly id: Id<"refusal">;
  readonly reason: RefusalReason;
  readonly units: Exclude<UnitsDecision, { readonly kind: "unknown" }>;
  /** What serves the units instead. */
  readonly movedTo: { readonly id: FulfillmentId; readonly placeId: PlaceId } | null;
};

/**
 * Takes units off a fulfillment that its place cannot serve [FUL-8]; without any left it is rejected, else the rest goes on and keeps its
 * time. The caller holds the order's lock and sees to the units. Publishes `fulfillment.rejected.v1` and `fulfillment.changed.v1`.
 */
export async function refuseUnits(ctx: Ctx, whole: WholeFulfillment, { id, reason, units, movedTo }: Refusal): Promise<void> {
  const { fulfillment } = whole;
  for (const [index, { orderLineId, quantity }] of units.units.entries()) {
    const refusedId = index === 0 ? id : ctx.newId<Id<"refusal">>();
    await sql`
      insert into fulfillment.refused_line (id, fulfillment_id, order_line_id, quantity, reason, moved_to, at, staff_id)
      values (${refusedId}, ${fulfillment.id}, ${orderLineId}, ${quantity}, ${reason}, ${movedTo?.id ?? null}, ${ctx.now},
        ${ctx.actor.staff?.id ?? null})`.execute(ctx.db);
  }
  if (units.kind === "some") {
    const lines = units.units.map(({ orderLineId }) => orderLineId);
    const quantities = units.units.map(({ quantity }) => quantity);
    await sql`select fulfillment.take_off(${fulfillment.id}, ${lines}::uuid[], ${quantities}::integer[])`.execute(ctx.db);
  }
  await step(ctx, whole, units.kind === "all" ? "rejected" : fulfillment.state, { reason });
  await tellReady(ctx, fulfillment.order_id);
  await publish(ctx, FulfillmentRejected, `order/${fulfillment.order_id}`, {
    fulfillmentId: fulfillment.id,
    orderId: fulfillment.order_id,
    recordId: fulfillment.record_id,
    placeId: fulfillment.place_id,
    refusalId: id,
    reason,
    lines: units.units.map(({ orderLineId, quantity }) => ({ orderLineId, quantity })),
    movedTo: movedTo?.id ?? null,
    movedToPlaceId: movedTo?.placeId ?? null,
  });
}

/** The slot in which units are fetched elsewhere, as `fulfillment.plan` books it. */
export type PlannedCollection = {
  readonly slot: {
    readonly startsAt: Date;
    readonly until: Date;
    readonly booking: TakenRoom & { readonly cart_id: null; readonly starts_at: Date };
  } | null;
};

/**
 * Plans units of an order at another place of its entity: with a code of their own, to be collected at the time that was promised or at
 * `promisedAt`; or to be shipped from there to the same address, to leave by `shipBy`. What waits for goods (`awaitsOn`) is promised by their day.
 */
export async function planElsewhere(
  ctx: Ctx,
  vault: Vault,
  { fulfillment, shipment }: WholeFulfillment,
  wanted: {
    readonly units: Refusal["units"]["units"];
    readonly placeId: PlaceId;
    readonly promisedAt: Date | null;
    readonly shipBy?: Date | null;
    readonly slot?: PlannedCollection["slot"];
    readonly awaitsOn?: BusinessDate | null;
  },
): Promise<FulfillmentId> {
  const place = await documentPlace(ctx, wanted.placeId);
  if (!place) throw new Error(`place ${wanted.placeId} was offered and is unknown`);
  const id = ctx.newId<FulfillmentId>();
  const codes = shipment ? [] : [collectCode(ctx.newId<Id<"collection code">>())];
  const planned = {
    id,
    order_id: fulfillment.order_id,
    kind: shipment ? "ship" : "collect",
    state: "planned",
    record_id: fulfillment.record_id,
    entity_id: place.entityId,
    place_id: place.placeId,
    channel_id: fulfillment.channel_id,
    business_date: businessDate(ctx.now, place.timeZone, place.dayEnd),
    time_zone: place.timeZone,
    dining: fulfillment.dining,
    due_at: wanted.slot?.startsAt ?? (wanted.awaitsOn ? null : fulfillment.due_at),
    slot_until: wanted.slot?.until ?? null,
    slot: wanted.slot?.booking ?? null,
    promised_at: wanted.promisedAt,
    awaits_on: wanted.awaitsOn ?? null,
    placed_at: ctx.now,
    done_at: null,
    shipment: shipment && { ...shipment, ship_by: wanted.shipBy ?? null },
  };
  const { channelId, staff } = ctx.actor;
  const planStep = { position: 1, state: "planned", at: ctx.now, channel_id: channelId, place_id: place.placeId };
  const steps = [{ ...planStep, staff_id: staff?.id ?? null, staff_name: staff?.name ?? null }];
  await sql`
    select fulfillment.plan(${JSON.stringify(planned)}::json, ${fulfillment.order_number},
      ${wanted.units.map(({ orderLineId }) => orderLineId)}::uuid[], ${wanted.units.map(({ quantity }) => quantity)}::integer[],
      ${codes.map((code) => codeMac(vault, place.placeId, code))}::bytea[], ${codes.map((code) => vault.seal(code))}::text[],
      ${JSON.stringify(steps)}::json)`.execute(ctx.db);
  return id;
}
