import type { BusinessDate, CartId, ChannelId, EntityId, Id, IntentId, Money, OrderId, PlaceId, TenderId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import type { ProviderAnswer } from "./domain.ts";
import { PaymentFailed, RefundRequested } from "./events.ts";

export type IntentState = "created" | "pending_action" | "authorized" | "captured" | "failed" | "voided" | "expired";

/**
 * Keeps what a provider said of an intent and answers its state, folded from all that was said [PAY-1]; null when the intent is unknown.
 * The same answer again changes nothing [PAY-2]. `unknown` is no news.
 */
export async function applyAnswer(
  ctx: Ctx,
  intent: { readonly id: IntentId; readonly provider: string; readonly amount: number },
  answer: Exclude<ProviderAnswer, { kind: "unknown" }>,
): Promise<IntentState | null> {
  const eventId = answer.kind === "pending" ? `pending:${intent.id}` : answer.eventId;
  const kind = answer.kind === "declined" ? "failed" : answer.kind;
  const because = answer.kind === "declined" ? JSON.stringify({ reason: answer.reason }) : null;
  const { rows } = await sql<{ state: IntentState | null }>`
    select payments.apply_event(${ctx.newId<Id<"payment event">>()}, ${intent.id}, ${intent.provider}, ${eventId}, ${kind},
      ${answer.kind === "captured" && answer.amount ? answer.amount.amount : intent.amount}, ${answer.kind === "captured" ? answer.providerRef : null}, ${because}::jsonb, ${ctx.now}) as state`.execute(
    ctx.db,
  );
  return rows[0]?.state ?? null;
}

/** Keeps cards that were declined on the spot: their intents with the answer. Publishes `payment.failed.v1` for each. */
export async function failIntents(ctx: Ctx, cartId: CartId, provider: string, cards: readonly Money[], reason: string): Promise<void> {
  const intents = cards.map(({ amount, currency }) => ({
    id: ctx.newId<IntentId>(),
    cart_id: cartId,
    provider,
    currency,
    amount,
    at: ctx.now,
  }));
  await sql`select payments.open_intents(${JSON.stringify(intents)}::json)`.execute(ctx.db);
  for (const { id, amount, currency } of intents) {
    await applyAnswer(ctx, { id, provider, amount }, { kind: "declined", eventId: `declined ${id}`, reason });
    await publish(ctx, PaymentFailed, `cart/${cartId}`, { intentId: id, cartId, amount, currency, reason });
  }
}

/** Money that is to go back to one tender. */
export type PlannedRefund = {
  readonly id: Id<"refund">;
  readonly tenderId: TenderId;
  readonly kind: "cash" | "card";
  readonly amount: Money;
};

/**
 * Gives back everything that an order was paid, newest tender first, each to where it came from; what was only due is due no more.
 * `source` names what for: the same source again gives nothing back [PAY-4]. Cash is handed over at once and succeeds here;
 * card refunds are requested, and the provider is asked after the commit. Publishes `payment.refund_requested.v1` for these.
 */
export async function refundOrder(ctx: Ctx, orderId: OrderId, source: string): Promise<PlannedRefund[]> {
  await sql`update payments.tender set state = 'voided' where order_id = ${orderId} and state = 'due'`.execute(ctx.db);
  return giveBack(ctx, orderId, { most: null, source, document: null });
}

/** Where and when money goes back, when that is not where it was taken: the place at whose counter the goods came back. */
export type RefundDocument = {
  readonly entityId: EntityId;
  readonly placeId: PlaceId;
  readonly channelId: ChannelId;
  readonly businessDate: BusinessDate;
  readonly timeZone: string;
};

/**
 * Gives back a part of what an order was paid or is to pay, as `planRefund` says it before: what is due falls first, the rest goes back as
 * by `refundOrder` [PAY-4]. The caller holds the order's lock and calls once per source.
 */
export async function refundPart(
  ctx: Ctx,
  orderId: OrderId,
  amount: number,
  source: string,
  document: RefundDocument | null = null,
): Promise<PlannedRefund[]> {
  const { rows } = await sql<{ taken: number }>`
    with due as (select id, amount from payments.tender where order_id = ${orderId} and state = 'due' order by at desc, id desc limit 1)
    update payments.tender t
       set amount = case when due.amount > ${amount}::bigint then due.amount - ${amount}::bigint else due.amount end,
           state = case when due.amount > ${amount}::bigint then 'due' else 'voided' end
      from due where t.id = due.id returning least(due.amount, ${amount}::bigint) as taken`.execute(ctx.db);
  const rest = amount - (rows[0]?.taken ?? 0);
  return rest > 0 ? giveBack(ctx, orderId, { most: rest, source, document }) : [];
}

type GivingBack = { readonly most: number | null; readonly source: string; readonly document: RefundDocument | null };

/** At most `most` in all, everything when it is null. */
async function giveBack(ctx: Ctx, orderId: OrderId, { most, source, document }: GivingBack): Promise<PlannedRefund[]> {
  const { rows } = await sql<{ id: Id<"refund">; tenderId: TenderId; kind: "cash" | "card"; amount: number; currency: string }>`
    with open as (
      select t.*, t.amount - coalesce(gone.amount, 0) as kept,
             sum(t.amount - coalesce(gone.amount, 0)) over (order by t.at desc, t.id desc) - (t.amount - coalesce(gone.amount, 0)) as newer
      from payments.tender t
      left join lateral (select sum(amount) as amount from payments.refund r where r.tender_id = t.id and r.state <> 'failed') gone on true
      where t.order_id = ${orderId} and t.state = 'captured' and t.amount > coalesce(gone.amount, 0)
    )
    insert into payments.refund (id, order_id, tender_id, source, state, currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone)
    select uuidv7(), order_id, id, ${source}, case kind when 'card' then 'requested' else 'succeeded' end, currency,
           least(kept, coalesce(${most}::bigint - newer, kept)), ${ctx.now},
           coalesce(${document?.entityId ?? null}::uuid, entity_id), coalesce(${document?.placeId ?? null}::uuid, place_id),
           coalesce(${document?.channelId ?? null}::uuid, channel_id), coalesce(${document?.businessDate ?? null}::date, business_date),
           coalesce(${document?.timeZone ?? null}::text, time_zone)
    from open where coalesce(${most}::bigint - newer, kept) > 0
    order by at desc, id desc
    on conflict (source, tender_id) do nothing
    returning id, tender_id as "tenderId", amount, currency,
              (select kind from payments.tender where tender.id = refund.tender_id) as kind`.execute(ctx.db);
  for (const { id, tenderId, kind, amount, currency } of rows) {
    if (kind === "card") await publish(ctx, RefundRequested, `order/${orderId}`, { orderId, refundId: id, tenderId, amount, currency });
  }
  return rows.map(({ amount, currency, ...refund }) => ({ ...refund, amount: { amount, currency } }));
}

/** Keeps how a refund ended at its provider. */
export async function settleRefund(ctx: Ctx, refundId: Id<"refund">, state: "succeeded" | "pending" | "failed"): Promise<void> {
  await sql`update payments.refund set state = ${state} where id = ${refundId} and state in ('requested', 'pending')`.execute(ctx.db);
}
