import type { Id, IntentId, OrderId, PlaceId, StaffId, TenderId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { RefundRequested } from "./events.ts";

export type RefundId = Id<"refund">;
export type RefundState = "requested" | "pending" | "succeeded" | "failed";

export type OpenRefund = {
  readonly id: RefundId;
  readonly orderId: OrderId;
  readonly intentId: IntentId;
  readonly provider: string;
  readonly amount: number;
  readonly currency: string;
  /** Which try this is: asked for again, a try pays once; another one only follows a refusal [PAY-21]. */
  readonly attempt: number;
};

/** Refunds that their provider has not confirmed: one by id, or all that are older than a minute. */
export async function openRefunds(ctx: Pick<ReadCtx, "db">, id: RefundId | null): Promise<OpenRefund[]> {
  const { rows } = await sql<OpenRefund>`
    select refund.id, refund.order_id as "orderId", tender.intent_id as "intentId", intent.provider, refund.amount + refund.tip as amount, refund.currency, refund.attempt
    from payments.refund join payments.tender on tender.id = refund.tender_id join payments.intent on intent.id = tender.intent_id
    where refund.state in ('requested', 'pending')
      and (refund.id = ${id}::uuid or (${id}::uuid is null and refund.at < now() - interval '1 minute'))
    order by refund.at limit 100`.execute(ctx.db);
  return rows;
}

/** A refund as a person who looks after it sees it. */
export type RefundRow = {
  readonly id: RefundId;
  readonly orderId: OrderId;
  readonly placeId: PlaceId | null;
  readonly provider: string | null;
  readonly state: RefundState;
  readonly amount: number;
  readonly currency: string;
  readonly attempt: number;
  readonly source: string;
  readonly note: string | null;
  readonly at: Date;
};

const ROW = sql`refund.id, refund.order_id as "orderId", refund.place_id as "placeId", intent.provider, refund.state, refund.amount + refund.tip as amount, refund.currency,
  refund.attempt, refund.source, refund.note, refund.at`;
const FROM = sql`payments.refund join payments.tender on tender.id = refund.tender_id left join payments.intent on intent.id = tender.intent_id`;

/** One refund by its id, or null. */
export async function readRefund(ctx: Pick<ReadCtx, "db">, id: RefundId): Promise<RefundRow | null> {
  const { rows } = await sql<RefundRow>`select ${ROW} from ${FROM} where refund.id = ${id}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Where a page of refunds begins: behind this one, which is older than all of the page before. */
export type RefundCursor = readonly [at: string, id: string];

/** Refunds that have not come to their end, those that failed among them; the newest first. */
export async function unsettledRefunds(
  ctx: Pick<ReadCtx, "db">,
  wanted: { readonly placeIds: readonly PlaceId[]; readonly limit: number; readonly after: RefundCursor | undefined },
): Promise<RefundRow[]> {
  const [at = null, id = null] = wanted.after ?? [];
  const { rows } = await sql<RefundRow>`
    select ${ROW} from ${FROM}
    where refund.state in ('requested', 'pending', 'failed')
      and (cardinality(${[...wanted.placeIds]}::uuid[]) = 0 or refund.place_id = any(${[...wanted.placeIds]}::uuid[]))
      and (${at}::timestamptz is null or (refund.at, refund.id) < (${at}::timestamptz, ${id}::uuid))
    order by refund.at desc, refund.id desc limit ${wanted.limit}`.execute(ctx.db);
  return rows;
}

export type MovedRefund = { readonly orderId: OrderId; readonly amount: number; readonly currency: string; readonly tenderId: TenderId };
type Move = {
  readonly from: readonly RefundState[];
  readonly to: RefundState;
  readonly isNextAttempt?: boolean;
  readonly by?: StaffId | null;
  readonly note?: string;
};

/** Undefined when the refund is in none of the states that it is moved from, or its tender has nothing left of that [PAY-9]. */
async function moveRefund(
  ctx: Ctx,
  id: RefundId,
  { from, to, isNextAttempt = false, by = null, note }: Move,
): Promise<MovedRefund | undefined> {
  const { rows } = await sql<MovedRefund>`
    select order_id as "orderId", amount, currency, tender_id as "tenderId"
      from payments.move_refund(${id}, ${[...from]}::text[], ${to}, ${isNextAttempt}, ${by}, ${note ?? null}, ${ctx.now})`.execute(ctx.db);
  return rows[0];
}

/** Keeps how a try of a refund ended at its provider; undefined when it has ended already. The caller holds the order's lock. */
export const settleRefund = (ctx: Ctx, id: RefundId, state: Exclude<RefundState, "requested">): Promise<MovedRefund | undefined> =>
  moveRefund(ctx, id, { from: ["requested", "pending"], to: state });

/**
 * Asks for a refund again that its provider refused, as another try [PAY-21]; undefined when it did not fail, or what it would give back went
 * back otherwise. Publishes `payment.refund_requested.v1`.
 */
export async function retryRefund(ctx: Ctx, id: RefundId): Promise<MovedRefund | undefined> {
  const moved = await moveRefund(ctx, id, { from: ["failed"], to: "requested", isNextAttempt: true });
  if (!moved) return undefined;
  const { orderId, tenderId, amount, currency } = moved;
  await publish(ctx, RefundRequested, `order/${orderId}`, { orderId, refundId: id, tenderId, amount, currency });
  return moved;
}

/** Notes that money went back although no provider says so: by hand, or as the provider's own page shows it. */
export const noteRefund = (ctx: Ctx, id: RefundId, note: string): Promise<MovedRefund | undefined> =>
  moveRefund(ctx, id, { from: ["requested", "pending", "failed"], to: "succeeded", by: ctx.actor.staff?.id ?? null, note });
