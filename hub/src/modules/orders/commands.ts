import type { Locale } from "@weft/contracts";
import type { LineId, OrderId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { trailing, type Ctx } from "../../platform/index.ts";
import type { ContributionStep } from "./domain.ts";
import type { OrderCompany } from "./present-order.ts";

/** Takes over what has been paid, is due, went back, is owed by a company and was agreed to by cards; the payment axis follows by itself [ORD-3]. */
export async function setPaid(
  ctx: Pick<Ctx, "db">,
  orderId: OrderId,
  sums: {
    readonly paid: number;
    readonly due: number;
    readonly refunded: number;
    readonly onAccount: number;
    readonly authorized: number;
  },
): Promise<void> {
  await sql`select orders.set_paid(${orderId}, ${sums.paid}, ${sums.due}, ${sums.refunded}, ${sums.onAccount}, ${sums.authorized})`.execute(
    ctx.db,
  );
}

/** Whether everything that is open of an order waits at the counter. */
export async function setReady(ctx: Pick<Ctx, "db">, orderId: OrderId, isReady: boolean): Promise<void> {
  await sql`select orders.set_ready(${orderId}, ${isReady})`.execute(ctx.db);
}

/** Units of one line. */
export type LineQuantity = { readonly orderLineId: LineId; readonly quantity: number };

/** Counts units as returned; `amount` (minor units) goes back for them, or is owed no more [ORD-9]. The caller holds the order's lock. */
export async function takeUnitsBack(ctx: Pick<Ctx, "db">, orderId: OrderId, units: readonly LineQuantity[], amount: number): Promise<void> {
  const [lines, quantities] = [units.map(({ orderLineId }) => orderLineId), units.map(({ quantity }) => quantity)];
  await sql`select orders.take_back(${orderId}, ${lines}::uuid[], ${quantities}::integer[], ${amount})`.execute(ctx.db);
}

/** Credits the actor with a further step of the sale: who handed it over, who took the money. */
export async function addContribution(ctx: Ctx, orderId: OrderId, step: ContributionStep): Promise<void> {
  const { channelId, placeId, staff } = ctx.actor;
  if (!channelId) return;
  await sql`
    select orders.add_contribution(${orderId}, ${step}, ${channelId}, ${placeId}, ${staff?.id ?? null}, ${staff?.name ?? null}, ${ctx.now})`.execute(
    ctx.db,
  );
}

/** Keeps in which language the buyer of an order reads, beside where they are reached. */
export async function keepLanguage(ctx: Pick<Ctx, "db">, orderId: OrderId, language: Locale): Promise<void> {
  await trailing(ctx, sql`update orders.contact set language = ${language} where order_id = ${orderId}`);
}

/** Keeps for which company an order was placed, as it is called and where it is now: that is what its document says for good. */
export async function nameOrderCompany(ctx: Pick<Ctx, "db">, orderId: OrderId, company: OrderCompany): Promise<void> {
  const { id, name, vatNumber, country, address } = company;
  await sql`
    insert into orders.order_company (order_id, company_id, name, vat_number, country, address)
    values (${orderId}, ${id}, ${name}, ${vatNumber}, ${country}, ${address && JSON.stringify(address)}::jsonb)`.execute(ctx.db);
}

/** Forgets how to reach erased people, what they are called on documents, and what was said about what they ordered [ORD-12]. Orders and documents stay, as the law of books asks, and name nobody [DOC-8]. */
export async function eraseOrderContacts(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`delete from orders.document_buyer where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`
    update orders.asked_invoice set name = null, address = null
     where name is not null and order_id in (select id from orders.orders where record_id = any(${[...recordIds]}::uuid[]))`.execute(
    ctx.db,
  );
  await sql`update orders.orders set note = null where record_id = any(${[...recordIds]}::uuid[]) and note is not null`.execute(ctx.db);
  await sql`
    update orders.order_line set note = null where note is not null
       and order_id in (select id from orders.orders where record_id = any(${[...recordIds]}::uuid[]))`.execute(ctx.db);
  await sql`
    delete from orders.contact where record_id = any(${[...recordIds]}::uuid[])
       or order_id in (select id from orders.orders where record_id = any(${[...recordIds]}::uuid[]))`.execute(ctx.db);
}
