import type { BusinessDate, CartId, ChannelId, EntityId, Id, IntentId, Money, OrderId, PlaceId, RecordId, TenderId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { releaseAuthorized } from "./captures.ts";
import { isValue, type ValueKind } from "./domain.ts";
import { PaymentFailed, RefundRequested } from "./events.ts";
import type { ProviderAnswer } from "./provider.ts";

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
  const eventId = "eventId" in answer ? answer.eventId : `pending:${intent.id}`;
  const kind = KIND_OF[answer.kind];
  const said = answer.kind === "captured" || answer.kind === "authorized" ? answer : null;
  const because = answer.kind === "declined" ? JSON.stringify({ reason: answer.reason }) : null;
  const { rows } = await sql<{ state: IntentState | null }>`
    select payments.apply_event(${ctx.newId<Id<"payment event">>()}, ${intent.id}, ${intent.provider}, ${eventId}, ${kind},
      ${said?.amount ? said.amount.amount : intent.amount}, ${said?.providerRef ?? null}, ${because}::jsonb, ${ctx.now}) as state`.execute(
    ctx.db,
  );
  if (answer.kind === "authorized")
    await sql`
      update payments.intent set authorized_until = ${answer.until}, kept_card = coalesce(kept_card, ${answer.keptCard ?? null}) where id = ${intent.id}`.execute(
      ctx.db,
    );
  if (answer.kind === "action_required")
    await sql`update payments.intent set action_url = ${answer.url} where id = ${intent.id}`.execute(ctx.db);
  return rows[0]?.state ?? null;
}

/**
 * Whose turn it is to ask a provider about a card that waited for the one before it [PAY-47]: of those who want to, the first has it (`ours`). `now`: somebody
 * asks within this minute; `before`: somebody did.
 */
export async function turnToAsk(ctx: Ctx, intentId: IntentId): Promise<"ours" | "now" | "before"> {
  const { numAffectedRows = 0n } = await sql`
    update payments.intent set asked_at = ${ctx.now} where id = ${intentId} and asked_at is null`.execute(ctx.db);
  if (numAffectedRows > 0n) return "ours";
  const { rows } = await sql<{ isNow: boolean }>`
    select asked_at > ${ctx.now}::timestamptz - interval '1 minute' as "isNow" from payments.intent where id = ${intentId}`.execute(ctx.db);
  return rows[0]?.isNow ? "now" : "before";
}

/** As what an answer is kept. */
const KIND_OF = {
  captured: "captured",
  authorized: "authorized",
  declined: "failed",
  voided: "voided",
  pending: "pending",
  action_required: "pending",
} as const;

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
  /** Of store credit, gift cards and points: `bookValueRefunds` moves it. */
  readonly kind: "cash" | "card" | "account" | "points" | ValueKind;
  readonly amount: Money;
};

/**
 * Gives back everything that an order was paid, newest tender first, each to where it came from; what was only due is due no more, and what a card
 * has only agreed to is let go [PAY-35].
 * `source` names what for: the same source again gives nothing back [PAY-4]. Cash is handed over at once and succeeds here;
 * card refunds are requested, and the provider is asked after the commit. Publishes `payment.refund_requested.v1` for these. What came off
 * store credit and gift cards is requested too: `bookValueRefunds` is called for it, behind every other lock.
 */
export async function refundOrder(ctx: Ctx, orderId: OrderId, source: string): Promise<PlannedRefund[]> {
  await sql`update payments.tender set state = 'voided' where order_id = ${orderId} and state = 'due'`.execute(ctx.db);
  if (await isAuthorized(ctx, orderId)) await releaseAuthorized(ctx, orderId, null, source);
  return giveBack(ctx, orderId, { most: null, source, document: null, creditOf: null });
}

/**
 * An order that is canceled as a whole before anything of it was handed over gives back its tips as well [PAY-46]: nobody has served it. They go with
 * what the card is given back now, or by themselves. Called again it gives nothing. Publishes `payment.refund_requested.v1` for the latter.
 */
export async function returnTips(ctx: Ctx, orderId: OrderId): Promise<void> {
  const { rows } = await sql<{ id: Id<"refund">; tenderId: TenderId; amount: number; currency: string }>`
    with tipped as (
      select t.*, (select r.id from payments.refund r where r.tender_id = t.id and r.state = 'requested' order by r.at desc, r.id desc limit 1) as refund_id
        from payments.tender t
       where t.order_id = ${orderId} and t.kind = 'card' and t.state = 'captured' and t.tip > 0
         and not exists (select from payments.refund r where r.tender_id = t.id and r.tip > 0)
    ), beside as (
      update payments.refund r set tip = tipped.tip from tipped where r.id = tipped.refund_id
    )
    insert into payments.refund (id, order_id, tender_id, source, state, currency, amount, tip, at, entity_id, place_id, channel_id, business_date, time_zone)
    select uuidv7(), order_id, id, 'tip ' || order_id, 'requested', currency, 0, tip, ${ctx.now}, entity_id, place_id, channel_id, business_date, time_zone
      from tipped where refund_id is null
    returning id, tender_id as "tenderId", tip as amount, currency`.execute(ctx.db);
  for (const { id, ...asked } of rows) await publish(ctx, RefundRequested, `order/${orderId}`, { orderId, refundId: id, ...asked });
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
 * by `refundOrder` [PAY-4], or becomes store credit of `creditOf` [PAY-12]. The caller holds the order's lock and calls once per source.
 */
export async function refundPart(
  ctx: Ctx,
  orderId: OrderId,
  amount: number,
  source: string,
  document: RefundDocument | null = null,
  creditOf: RecordId | null = null,
): Promise<PlannedRefund[]> {
  const { rows } = await sql<{ taken: number }>`
    with due as (select id, amount from payments.tender where order_id = ${orderId} and state = 'due' order by at desc, id desc limit 1)
    update payments.tender t
       set amount = case when due.amount > ${amount}::bigint then due.amount - ${amount}::bigint else due.amount end,
           state = case when due.amount > ${amount}::bigint then 'due' else 'voided' end
      from due where t.id = due.id returning least(due.amount, ${amount}::bigint) as taken`.execute(ctx.db);
  const owed = amount - (rows[0]?.taken ?? 0);
  const rest = owed > 0 && (await isAuthorized(ctx, orderId)) ? owed - (await releaseAuthorized(ctx, orderId, owed, source)) : owed;
  return rest > 0 ? giveBack(ctx, orderId, { most: rest, source, document, creditOf }) : [];
}

async function isAuthorized(ctx: Pick<Ctx, "db">, orderId: OrderId): Promise<boolean> {
  const { rows } = await sql`select 1 from payments.tender where order_id = ${orderId} and state = 'authorized' limit 1`.execute(ctx.db);
  return rows.length > 0;
}

type GivingBack = {
  readonly most: number | null;
  readonly source: string;
  readonly document: RefundDocument | null;
  readonly creditOf: RecordId | null;
};

/** At most `most` in all, everything when it is null. */
async function giveBack(ctx: Ctx, orderId: OrderId, { most, source, document, creditOf }: GivingBack): Promise<PlannedRefund[]> {
  const { rows } = await sql<{ id: Id<"refund">; tenderId: TenderId; kind: PlannedRefund["kind"]; amount: number; currency: string }>`
    with open as (
      select t.*, t.amount - coalesce(gone.amount, 0) as kept,
             sum(t.amount - coalesce(gone.amount, 0)) over (order by t.at desc, t.id desc) - (t.amount - coalesce(gone.amount, 0)) as newer
      from payments.tender t
      left join lateral (select sum(amount) as amount from payments.refund r where r.tender_id = t.id and r.state <> 'failed') gone on true
      where t.order_id = ${orderId} and t.amount > coalesce(gone.amount, 0)
        and (t.state = 'captured' or t.state = 'authorized' and exists (select from payments.capture c where c.tender_id = t.id and c.state = 'requested'))
    )
    insert into payments.refund (id, order_id, tender_id, source, target, credit_record_id, state, currency, amount, at, entity_id, place_id, channel_id,
                                 business_date, time_zone)
    select uuidv7(), order_id, id, ${source}, case when to_credit then 'store_credit' else 'tender' end, case when to_credit then ${creditOf}::uuid end,
           case when kind = 'cash' and not to_credit then 'succeeded' else 'requested' end, currency,
           least(kept, coalesce(${most}::bigint - newer, kept)), ${ctx.now},
           coalesce(${document?.entityId ?? null}::uuid, entity_id), coalesce(${document?.placeId ?? null}::uuid, place_id),
           coalesce(${document?.channelId ?? null}::uuid, channel_id), coalesce(${document?.businessDate ?? null}::date, business_date),
           coalesce(${document?.timeZone ?? null}::text, time_zone)
    from open, lateral (select ${creditOf}::uuid is not null and kind not in ('store_credit', 'gift_card', 'points', 'account') as to_credit) as goes
    where coalesce(${most}::bigint - newer, kept) > 0
    order by at desc, id desc
    on conflict (source, tender_id) do nothing
    returning id, tender_id as "tenderId", amount, currency,
              case target when 'store_credit' then target else (select kind from payments.tender where tender.id = refund.tender_id) end as kind`.execute(
    ctx.db,
  );
  for (const { id, tenderId, kind, amount, currency } of rows) {
    if (kind === "card") await publish(ctx, RefundRequested, `order/${orderId}`, { orderId, refundId: id, tenderId, amount, currency });
  }
  return rows.map(({ amount, currency, ...refund }) => ({ ...refund, amount: { amount, currency } }));
}

/**
 * Books what of these refunds goes back on gift cards, to store credit and in points [PAY-12], and what a company owes no more [PAY-32]: value from a tender
 * returns to the lots that it came from. It locks balances: the caller does it last, before points. Without such refunds it is no statement.
 */
export async function bookValueRefunds(ctx: Ctx, orderId: OrderId, refunds: readonly Pick<PlannedRefund, "kind">[]): Promise<void> {
  const { kind, staff } = ctx.actor;
  if (refunds.some((refund) => refund.kind === "account"))
    await sql`select payments.book_account_refunds(${orderId}, ${kind}, ${staff?.id ?? null}, ${ctx.now})`.execute(ctx.db);
  if (refunds.some((refund) => refund.kind === "points" || isValue(refund)))
    await sql`select payments.book_value_refunds(${orderId}, ${kind}, ${staff?.id ?? null}, ${ctx.now})`.execute(ctx.db);
}
