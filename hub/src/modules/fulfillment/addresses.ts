import type { FulfillmentId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import type { DeliveryAddress } from "../promises/index.ts";

/** How long after its last step a shipment keeps where it went: as long as the contact of an order may be needed for a claim. */
const ADDRESS_MONTHS = 25;

/** Where a shipment goes; null when it is none, the person was erased, or its time is over. */
export async function readAddress(ctx: Pick<ReadCtx, "db">, id: FulfillmentId): Promise<DeliveryAddress | null> {
  const { rows } = await sql<{ address: DeliveryAddress | null }>`
    select address from fulfillment.shipment where fulfillment_id = ${id}`.execute(ctx.db);
  return rows[0]?.address ?? null;
}

/** Where the last shipment of a customer went, over all their linked records; null when nothing was shipped yet. */
export async function rememberedAddress(ctx: Pick<ReadCtx, "db">, recordId: RecordId): Promise<DeliveryAddress | null> {
  const { rows } = await sql<{ address: DeliveryAddress }>`
    select address from fulfillment.shipment
    where record_id in (select customers.records_of(${recordId})) and address is not null
    order by fulfillment_id desc limit 1`.execute(ctx.db);
  return rows[0]?.address ?? null;
}

/** Where goods of some records went, for giving out what is known of a person and for comparing before and after a merge. */
export async function addressesOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select fulfillment_id as id, record_id, method_name, country, address from fulfillment.shipment
    where record_id = any(${[...recordIds]}::uuid[]) order by fulfillment_id`.execute(ctx.db);
  return rows;
}

/** Forgets where goods of erased people went. What was shipped, and when, stays with the order, as the law of books asks. */
export async function eraseShipments(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`update fulfillment.shipment set address = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
}

/** Forgets addresses whose time is over, some at a time. Answers how many. */
export async function forgetAddresses(ctx: Ctx, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update fulfillment.shipment set address = null
     where fulfillment_id in (
       select s.fulfillment_id from fulfillment.shipment s join fulfillment.fulfillment f on f.id = s.fulfillment_id
        where s.address is not null and f.done_at < ${ctx.now}::timestamptz - make_interval(months => ${ADDRESS_MONTHS}::integer)
        limit ${most} for update of s skip locked)`.execute(ctx.db);
  return Number(numAffectedRows);
}
