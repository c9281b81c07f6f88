import { err, ok, type LineId, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { auditWrite, grantShown } from "../../access/index.ts";
import { carriesBetween, standpointOf } from "../../channels/index.ts";
import { orderByNumber, readOrder, type NumberedOrder, type OrderError } from "../../orders/index.ts";
import { saleOfToken } from "../e-receipt/read.ts";
import { tokenIn } from "../e-receipt/token.ts";
import { giftOfToken, giftTokenIn } from "../gift-receipt/read.ts";

export type Shown = {
  readonly subject: string;
  readonly orderId: OrderId;
  /** A receipt without prices was shown: of these lines, or of all. */
  readonly gift?: { readonly lineIds: LineId[] | null };
  readonly expiresAt: Date;
};

/**
 * Takes the number of an order or of its receipt, or the address of its e-receipt or of one without prices [TIL-47], that a customer shows: the order can be opened here for half an hour, also where channels only hand
 * over [ORD-7]. Kept in the audit, because a number can be guessed. Errors: `order.unknown`, also for one of a siloed channel.
 */
export async function takeShown(ctx: Ctx, shown: string): Promise<Result<Shown, OrderError>> {
  const giftToken = giftTokenIn(shown);
  const gift = giftToken === undefined ? undefined : await giftOfToken(ctx, giftToken);
  const token = tokenIn(shown);
  const number = shown.trim().toUpperCase();
  const isNumber = token === undefined && giftToken === undefined;
  const byNumber = isNumber ? await orderByNumber(ctx, number) : undefined;
  const proof = byNumber ? "order_number" : "receipt";
  const order =
    byNumber ??
    (await (gift ? orderOfId(ctx, gift.orderId) : token === undefined ? orderOfReceipt(ctx, number) : orderOfToken(ctx, token)));
  if (!order) return err({ code: "order.unknown" });
  const { carried } = await carriesBetween(ctx, order, standpointOf(ctx), "order", proof);
  if (!carried) return err({ code: "order.unknown" });
  const subject = `order/${order.id}`;
  const expiresAt = await grantShown(ctx, subject, proof);
  // Money of a present goes to who brings it; that it was one is kept for the return [RET-16].
  if (gift) await grantShown(ctx, `gift/${order.id}`, proof);
  await auditWrite(ctx, { action: "grants.create", subject });
  return ok({ subject, orderId: order.id, ...(gift && { gift: { lineIds: gift.lineIds && [...gift.lineIds] } }), expiresAt });
}

/** The order whose e-receipt is shown: its code is read by the scanner [TIL-26]. */
async function orderOfToken(ctx: Ctx, token: string): Promise<NumberedOrder | undefined> {
  const sale = await saleOfToken(ctx, token);
  return sale && orderOfId(ctx, sale.orderId);
}

async function orderOfId(ctx: Ctx, orderId: OrderId): Promise<NumberedOrder | undefined> {
  const entry = await readOrder(ctx, orderId);
  return entry ? orderByNumber(ctx, entry.order.number) : undefined;
}

/** The order that a register gave this receipt for. */
async function orderOfReceipt(ctx: Ctx, receipt: string): Promise<NumberedOrder | undefined> {
  const { rows } = await sql<{ number: string }>`
    select o.number from till.sale s join orders.read_state o on o.id = s.order_id where s.number = ${receipt} and s.kind <> 'return'`.execute(
    ctx.db,
  );
  return rows[0] && orderByNumber(ctx, rows[0].number);
}
