import type { RefundView } from "@weft/contracts";
import { err, ok, type OrderId, type PlaceId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { pageFrom, publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { OrderChanged } from "../orders/events.ts";
import { setPaid } from "../orders/index.ts";
import {
  noteRefund,
  paidOf,
  readRefund,
  retryRefund,
  settleRefund,
  unsettledRefunds,
  type MovedRefund,
  type PaymentError,
  type RefundCursor,
  type RefundId,
  type RefundRow,
  type RefundState,
} from "../payments/index.ts";

/** Refunds that have not come to their end, with their orders' numbers: those that failed, that wait, and that nobody answered. */
export async function listUnsettledRefunds(ctx: ReadCtx, wanted: { readonly limit: number; readonly after: RefundCursor | undefined }) {
  const placeIds = ctx.actor.staff?.placeIds ?? [];
  const rows = await unsettledRefunds(ctx, { ...wanted, placeIds, limit: wanted.limit + 1 });
  const page = pageFrom(
    rows,
    wanted.limit,
    (row) => row,
    ({ at, id }) => [at.toISOString(), id],
  );
  return { ...page, items: await present(ctx, page.items) };
}

/**
 * Asks for a refund again that its provider refused [PAY-21]. Errors: `refund.unknown`, `refund.not_possible` when it did not fail, or its
 * money went back by another refund. Publishes `payment.refund_requested.v1` and `order.changed.v1`.
 */
export const askForRefundAgain = (ctx: Ctx, id: RefundId): Promise<Result<RefundView, PaymentError>> =>
  act(ctx, id, "refunds.retry", undefined, () => retryRefund(ctx, id));

/**
 * Notes that the money of a refund went back, where its provider did not say so: handed over, transferred, or seen on the provider's own
 * page. Errors and events as `askForRefundAgain`, but nobody is asked for anything.
 */
export const noteRefundPaid = (ctx: Ctx, id: RefundId, note: string): Promise<Result<RefundView, PaymentError>> =>
  act(ctx, id, "refunds.settle", note, () => noteRefund(ctx, id, note));

async function act(
  ctx: Ctx,
  id: RefundId,
  action: string,
  reason: string | undefined,
  move: () => Promise<MovedRefund | undefined>,
): Promise<Result<RefundView, PaymentError>> {
  const refund = await readRefund(ctx, id);
  if (!refund || !isHere(ctx, refund)) return err({ code: "refund.unknown" });
  await sql`select orders.lock(${refund.orderId})`.execute(ctx.db);
  const moved = await move();
  if (!moved) return err({ code: "refund.not_possible", state: (await readRefund(ctx, id))?.state ?? refund.state });
  await auditWrite(ctx, { action, subject: `refund/${id}`, ...(reason !== undefined && { reason }) });
  await follow(ctx, moved.orderId);
  const after = await readRefund(ctx, id);
  const [view] = after ? await present(ctx, [after]) : [];
  return view ? ok(view) : err({ code: "refund.unknown" });
}

/** Staff of some places see what goes back there; money without a place is everybody's who serves. */
function isHere({ actor: { staff } }: Pick<Ctx, "actor">, { placeId }: RefundRow): boolean {
  return !staff || placeId === null || staff.placeIds.length === 0 || staff.placeIds.includes(placeId);
}

/** Keeps how a try of a refund ended at its provider: one that failed is money that the order still holds [PAY-20]. */
export async function keepRefundAnswer(
  ctx: Ctx,
  refund: { readonly id: RefundId; readonly orderId: OrderId },
  state: Exclude<RefundState, "requested">,
): Promise<void> {
  await sql`select orders.lock(${refund.orderId})`.execute(ctx.db);
  if (await settleRefund(ctx, refund.id, state)) await follow(ctx, refund.orderId);
}

/** The order's sums follow what of its refunds counts. */
async function follow(ctx: Ctx, orderId: OrderId): Promise<void> {
  await setPaid(ctx, orderId, await paidOf(ctx, orderId));
  const { rows } = await sql<{ recordId: RecordId | null; placeId: PlaceId | null }>`
    select record_id as "recordId", place_id as "placeId" from orders.read_state where id = ${orderId}`.execute(ctx.db);
  const { recordId = null, placeId = null } = rows[0] ?? {};
  await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId });
}

async function present(ctx: Pick<ReadCtx, "db">, refunds: readonly RefundRow[]): Promise<RefundView[]> {
  const orderIds = refunds.map(({ orderId }) => orderId);
  const { rows } = await sql<{ id: OrderId; number: string }>`
    select id, number from orders.read_state where id = any(${orderIds}::uuid[])`.execute(ctx.db);
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  return refunds.map(({ id, orderId, provider, state, amount, currency, attempt, note, at }) => ({
    id,
    orderId,
    orderNumber: numbers.get(orderId) ?? "",
    provider,
    state,
    amount: { amount, currency },
    attempt,
    note,
    at: at.toISOString(),
  }));
}
