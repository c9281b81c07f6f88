import type { OrderId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CompanyId } from "../domain/index.ts";

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
