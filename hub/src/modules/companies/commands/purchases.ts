import type { OrderId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { passedLimit, type CompanyId, type PassedLimit } from "../domain/index.ts";

export type Purchase = {
  readonly companyId: CompanyId;
  readonly orderId: OrderId;
  readonly recordId: RecordId;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** As `monthOf` answers it. */
  readonly month: string;
  readonly at: Date;
  /** A sale that happened is counted and never refused. */
  readonly isEnforced: boolean;
};

/**
 * Counts an order against the limits of its company, under the company's lock: the last of a completion [CMP-7]. The database raises WF020
 * when its customer may not order for it, and WF021 with what is left when a limit would be passed; the transaction is of no use then.
 */
export async function countPurchase(ctx: Pick<Ctx, "db">, purchase: Purchase): Promise<void> {
  const { companyId, orderId, recordId, amount, currency, month, at, isEnforced } = purchase;
  await sql`
    select companies.count_purchase(${companyId}, ${orderId}, ${recordId}, ${amount}, ${currency}, ${`${month}-01`}::date, ${at}, ${isEnforced})`.execute(
    ctx.db,
  );
}

/** What an order comes to after something of it was canceled or came back, in minor units; said again it changes nothing. */
export async function recountPurchase(ctx: Pick<Ctx, "db">, orderId: OrderId, amount: number): Promise<void> {
  await sql`select companies.recount_purchase(${orderId}, ${amount})`.execute(ctx.db);
}

/**
 * What an order comes to after more was ordered with it, under the lock of its company [CMP-7]: answers the limit that it would pass, and then
 * nothing is changed; null when none, and for an order of nobody. The last lock of a change before balances.
 */
export async function growPurchase(ctx: Pick<Ctx, "db">, orderId: OrderId, amount: number): Promise<PassedLimit | null> {
  type Row = {
    orderLimit: number | null;
    monthLimit: number | null;
    limitCurrency: string | null;
    month: string;
    currency: string;
    others: number;
  };
  await sql`
    select 1 from companies.company where id = (select company_id from companies.purchase where order_id = ${orderId}) for update`.execute(
    ctx.db,
  );
  const { rows } = await sql<Row>`
    select c.order_limit as "orderLimit", c.month_limit as "monthLimit", c.currency as "limitCurrency", to_char(p.month, 'YYYY-MM') as month, p.currency,
           (select coalesce(sum(o.amount), 0) from companies.purchase o
             where o.company_id = c.id and o.month = p.month and o.currency = p.currency and o.order_id <> p.order_id)::bigint as others
    from companies.purchase p join companies.company c on c.id = p.company_id where p.order_id = ${orderId}`.execute(ctx.db);
  const [row] = rows;
  if (!row) return null;
  const { orderLimit, monthLimit, limitCurrency, month, currency, others } = row;
  const passed = passedLimit({ currency: limitCurrency, orderLimit, monthLimit, used: { [month]: others } }, { amount, currency }, month);
  if (passed) return passed;
  await recountPurchase(ctx, orderId, amount);
  return null;
}
