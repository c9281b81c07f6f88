import { err, ok, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { carriesBetween, standpointOf } from "../../channels/index.ts";
import { claimSale, type CheckoutError } from "../../checkout/index.ts";
import { orderByNumber, readOrder } from "../../orders/index.ts";
import type { Ctx } from "../../../platform/index.ts";
import type { TillError } from "../errors.ts";
import { saleOfToken, type TokenSale } from "./read.ts";

/** So long after the sale it can be claimed: a receipt that was found is not worth keeping. */
const CLAIM_DAYS = 30;

export type Claimed = { readonly orderId: OrderId; readonly points: number };

/**
 * A sale becomes the purchase of the customer who is signed in and holds its receipt [TIL-27]. It is in the audit. Errors: `till.no_receipt`, also
 * where the channels do not carry orders; `till.claim_ended`; those of `claimSale`.
 */
export async function claimReceipt(ctx: Ctx, token: string): Promise<Result<Claimed, TillError | CheckoutError>> {
  const { customer } = ctx.actor;
  const sale = await saleOfToken(ctx, token);
  if (!customer || !sale || !(await isCarried(ctx, sale))) return err({ code: "till.no_receipt" });
  if (await isOfCompany(ctx, sale)) return err({ code: "order.not_claimable" });
  if (sale.at.getTime() < ctx.now.getTime() - CLAIM_DAYS * 86_400_000) return err({ code: "till.claim_ended" });
  const claimed = await claimSale(ctx, sale.orderId, customer.recordId);
  if (!claimed.ok) return claimed;
  await sql`
    insert into till.document_customer (reference, record_id) values (${sale.reference}, ${customer.recordId}) 
    on conflict (reference) do update set record_id = excluded.record_id`.execute(ctx.db);
  await auditWrite(ctx, { action: "till.claimReceipt", subject: `order/${sale.orderId}` });
  return ok({ orderId: sale.orderId, points: claimed.value.points });
}

/** Whether the receipt of a counter opens its order on the channel where the customer is signed in. */
async function isCarried(ctx: Ctx, sale: TokenSale): Promise<boolean> {
  const entry = await readOrder(ctx, sale.orderId);
  const order = entry && (await orderByNumber(ctx, entry.order.number));
  return order ? (await carriesBetween(ctx, order, standpointOf(ctx), "order", "receipt")).carried : false;
}

/** What was bought for a company is the company's. */
async function isOfCompany(ctx: Ctx, { orderId }: TokenSale): Promise<boolean> {
  return ((await readOrder(ctx, orderId))?.company ?? null) !== null;
}
