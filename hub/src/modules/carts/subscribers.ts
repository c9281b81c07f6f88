import { sql, type RawBuilder } from "kysely";
import { on, publish, subscriber, type Ctx, type Subscriber } from "../../platform/index.ts";
import { CompanyChanged, CompanyMemberChanged } from "../companies/events.ts";
import { CartChanged } from "./events.ts";

/**
 * What a company is and who belongs to it is asked anew whenever a cart is read; the screens that show one are told here [CRT-16]. Some
 * milliseconds late; told twice they look twice.
 */
export const cartsSubscribers: readonly Subscriber[] = [
  subscriber("carts.companies", [
    on(CompanyMemberChanged, (ctx, { data: { companyId, recordId } }) => tellCarts(ctx, companyId, sql`values (${recordId}::uuid)`)),
    on(CompanyChanged, (ctx, { data: { companyId } }) => tellCarts(ctx, companyId, sql`select companies.people_of(${companyId})`)),
  ]),
];

/** Raises the version of the open carts that these records' customers buy for a company. When they were last changed stays as it was. */
async function tellCarts(ctx: Ctx, companyId: string, records: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ id: string; version: number; state: string }>`
    with theirs as (
      select c.id from carts.cart c
       where c.record_id in (select own from (${records}) as member (id), lateral customers.records_of(member.id) own)
         and c.company_id = ${companyId} and c.state = 'open'
       order by c.id for update
    )
    update carts.cart c set version = c.version + 1 from theirs where c.id = theirs.id returning c.id, c.version, c.state`.execute(ctx.db);
  for (const { id, version, state } of rows) await publish(ctx, CartChanged, `cart/${id}`, { cartId: id, version, state });
}
