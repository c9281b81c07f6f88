import type { Id, IntentId, OrderId, TenderId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { CaptureRequested } from "./events.ts";

export type CaptureId = Id<"capture">;

/** What a provider is asked about an authorization: to take money of it, or to let it go. */
export type OpenCapture = {
  readonly id: CaptureId;
  readonly orderId: OrderId;
  readonly intentId: IntentId;
  readonly provider: string;
  readonly kind: "capture" | "release";
  readonly amount: number;
  readonly currency: string;
  readonly isLast: boolean;
  readonly attempt: number;
};

/**
 * Asks for money that cards have agreed to, when the goods are handed over or leave [PAY-33]: `amount` in minor units, or all that is left when
 * nothing comes after it. Asked for one source once. The caller holds the order's lock. Publishes `payment.capture_requested.v1` for each card.
 */
export async function requestCapture(
  ctx: Ctx,
  orderId: OrderId,
  { amount, isLast, source }: { readonly amount: number; readonly isLast: boolean; readonly source: string },
): Promise<void> {
  const { rows } = await sql<{ id: CaptureId; tenderId: TenderId; amount: number; currency: string }>`
    select id, tender_id as "tenderId", amount, currency from payments.request_capture(${orderId}, ${amount}, ${isLast}, ${source}, ${ctx.now})`.execute(
    ctx.db,
  );
  for (const { id, ...asked } of rows) await publish(ctx, CaptureRequested, `order/${orderId}`, { orderId, captureId: id, ...asked });
}

/**
 * Lets go of what cards have agreed to and nobody took: `amount` of it, all when it is null [PAY-35]. Answers how much that was, in minor units. An
 * authorization of which nothing is left is given up at its provider. Publishes `payment.capture_requested.v1` for these.
 */
export async function releaseAuthorized(ctx: Ctx, orderId: OrderId, amount: number | null, source: string): Promise<number> {
  const { rows } = await sql<{ taken: number; released: readonly CaptureId[] }>`
    select taken, released from payments.release_authorized(${orderId}, ${amount}, ${source}, ${ctx.now})`.execute(ctx.db);
  const { taken = 0, released = [] } = rows[0] ?? {};
  for (const captureId of released) {
    const [capture] = await openCaptures(ctx, captureId);
    if (!capture) continue;
    const { amount: whole, currency } = capture;
    await publish(ctx, CaptureRequested, `order/${orderId}`, { orderId, captureId, tenderId: null, amount: whole, currency });
  }
  return taken;
}

/** What waits for an answer of its provider: one by id, or all that are older than a minute. A tip is taken with the last of its card [PAY-46]. */
export async function openCaptures(ctx: Pick<ReadCtx, "db">, id: CaptureId | null): Promise<OpenCapture[]> {
  const { rows } = await sql<OpenCapture>`
    select c.id, c.order_id as "orderId", c.intent_id as "intentId", i.provider, c.kind, c.currency, c.is_last as "isLast", c.attempt,
           c.amount + case when c.kind = 'release' then t.tip else c.tip end as amount
    from payments.capture c join payments.intent i on i.id = c.intent_id join payments.tender t on t.id = c.tender_id
    where c.state = 'requested' and (c.id = ${id}::uuid or (${id}::uuid is null and c.at < now() - interval '1 minute'))
    order by c.at limit 100`.execute(ctx.db);
  return rows;
}

/** Keeps how a capture ended at its provider; false when that is known already. The caller holds the order's lock. */
export async function settleCapture(ctx: Ctx, id: CaptureId, state: "succeeded" | "failed", reason: string | null): Promise<boolean> {
  const { rows } = await sql<{ orderId: OrderId | null }>`
    select payments.settle_capture(${id}, ${state}, ${reason}, ${ctx.now}) as "orderId"`.execute(ctx.db);
  return rows[0]?.orderId !== null;
}

/**
 * Cards whose agreement ends within a day and of which nobody was told, and those whose time is over; the oldest hundred of each. Also what is left of
 * one that was charged in parts.
 */
export async function endingAuthorizations(
  ctx: Pick<ReadCtx, "db">,
  which: "soon" | "over",
): Promise<{ readonly intentId: IntentId; readonly orderId: OrderId; readonly until: Date }[]> {
  const { rows } = await sql<{ intentId: IntentId; orderId: OrderId; until: Date }>`
    select i.id as "intentId", t.order_id as "orderId", i.authorized_until as until
      from payments.tender t join payments.intent i on i.id = t.intent_id
     where t.state = 'authorized'
       and case ${which} when 'over' then i.authorized_until <= now() else i.warned_at is null and i.authorized_until <= now() + interval '24 hours' end
     order by i.authorized_until limit 100`.execute(ctx.db);
  return rows;
}

export async function noteWarned(ctx: Ctx, intentId: IntentId): Promise<boolean> {
  const { numAffectedRows = 0n } =
    await sql`update payments.intent set warned_at = ${ctx.now} where id = ${intentId} and warned_at is null`.execute(ctx.db);
  return numAffectedRows > 0n;
}

/** What a card covered that may not be charged any more is due again; false when nothing of it was open. The caller holds the order's lock. */
export async function expireAuthorization(ctx: Ctx, intentId: IntentId): Promise<boolean> {
  const { rows } = await sql<{ orderId: OrderId | null }>`
    select payments.expire_authorization(${intentId}, ${ctx.now}) as "orderId"`.execute(ctx.db);
  return (rows[0]?.orderId ?? null) !== null;
}
