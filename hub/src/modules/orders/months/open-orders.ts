import type { BusinessDate, ChannelId, EntityId, OrderId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { CompanyId } from "../../companies/index.ts";
import type { OpenReduction } from "../documents/due.ts";
import type { NewOrderLine, TaxTotal } from "../domain.ts";
import type { OrderCompany } from "../present-order.ts";

/** An order on account that stands on no invoice yet. */
export type OpenOrder = {
  readonly id: OrderId;
  readonly number: string;
  readonly entityId: EntityId;
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
  readonly businessDate: BusinessDate;
  readonly currency: string;
  readonly taxIncluded: boolean;
  readonly taxes: readonly TaxTotal[];
  readonly lines: readonly NewOrderLine[];
  readonly company: OrderCompany;
  readonly reductions: readonly Pick<OpenReduction, "source" | "kind" | "lines">[];
  readonly additions: readonly string[];
};

/** Companies that have orders on account of a month that is over where they were placed: what the clock looks after. */
export async function companiesToInvoice(ctx: Pick<ReadCtx, "db">): Promise<CompanyId[]> {
  const { rows } = await sql<{ id: CompanyId }>`
    select distinct a.company_id as id from orders.account_order a join orders.orders o on o.id = a.order_id
     where a.document_id is null and o.state <> 'canceled' and o.business_date < date_trunc('month', now() at time zone o.time_zone)::date
     order by 1 limit 500`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** The orders on account of a company that stand on no invoice, the oldest first: of months that are over, or all of them. */
export async function openOrdersOf(ctx: Pick<ReadCtx, "db">, companyId: CompanyId, which: "past_months" | "all"): Promise<OpenOrder[]> {
  const { rows } = await sql<OpenOrder>`
    select o.id, o.number, o.entity_id as "entityId", o.channel_id as "channelId", o.place_id as "placeId", o.business_date as "businessDate", o.currency,
      o.tax_included as "taxIncluded", o.taxes,
      (select jsonb_agg(to_jsonb(l) order by l.position) from orders.order_line l where l.order_id = o.id) as lines,
      jsonb_build_object('id', c.company_id, 'name', c.name, 'vatNumber', c.vat_number, 'country', c.country, 'address', c.address) as company,
      (select coalesce(jsonb_agg(jsonb_build_object('source', r.source, 'kind', r.kind, 'lines', r.lines) order by r.at, r.source), '[]')
         from orders.reduction r where r.order_id = o.id and r.document_id is null) as reductions,
      (select coalesce(jsonb_agg(d.change_id), '[]') from orders.addition d where d.order_id = o.id and d.document_id is null) as additions
    from orders.account_order a join orders.orders o on o.id = a.order_id join orders.order_company c on c.order_id = o.id
    where a.company_id = ${companyId} and a.document_id is null and o.state <> 'canceled'
      and (${which} = 'all' or o.business_date < date_trunc('month', now() at time zone o.time_zone)::date)
    order by o.placed_at, o.id limit 2000`.execute(ctx.db);
  return rows;
}
