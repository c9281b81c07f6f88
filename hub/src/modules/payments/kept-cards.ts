import type { ChannelId, EntityId, IntentId, OrderId, PlaceId, TenderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../platform/index.ts";

/** A card that was kept when it agreed to pay an order, by its provider's name of it [PAY-37]. */
export type KeptCard = { readonly provider: string; readonly card: string };

export async function keptCardOf(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<KeptCard | null> {
  const { rows } = await sql<KeptCard>`
    select provider, kept_card as card from payments.intent
     where order_id = ${orderId} and kept_card is not null order by created_at desc limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Forgets the cards that were kept for an order of which nothing is to come any more. */
export async function forgetKeptCards(ctx: Pick<Ctx, "db">, orderId: OrderId): Promise<void> {
  await sql`update payments.intent set kept_card = null where order_id = ${orderId} and kept_card is not null`.execute(ctx.db);
}

/** Opens the intent by which what is due of an order is charged, before its provider is asked [PAY-5]. */
export async function openDueIntent(
  ctx: Pick<Ctx, "db" | "now">,
  intent: {
    readonly id: IntentId;
    readonly orderId: OrderId;
    readonly cartId: string;
    readonly provider: string;
    readonly token: string;
    readonly currency: string;
    readonly amount: number;
  },
): Promise<void> {
  const { id, cartId, provider, token, currency, amount } = intent;
  const row = { id, cart_id: cartId, provider, token, currency, amount, at: ctx.now };
  await sql`select payments.open_intents(${JSON.stringify([row])}::json)`.execute(ctx.db);
}

/** Where a payment is booked. */
export type DueDocument = {
  readonly entity_id: EntityId;
  readonly place_id: PlaceId | null;
  readonly channel_id: ChannelId;
  readonly business_date: string;
  readonly time_zone: string;
};

/**
 * Books a card that has paid something of what was due on an order: so much less is due. False, and nothing is booked, when less than that is due by
 * now. The caller holds the order's lock.
 */
export async function bookDuePaid(
  ctx: Pick<Ctx, "db" | "now" | "newId">,
  orderId: OrderId,
  paid: { readonly intentId: IntentId; readonly amount: number; readonly currency: string },
  document: DueDocument,
): Promise<boolean> {
  const tender = {
    id: ctx.newId<TenderId>(),
    intent_id: paid.intentId,
    kind: "card",
    state: "captured",
    currency: paid.currency,
    amount: paid.amount,
    at: ctx.now,
    ...document,
  };
  const { rows } = await sql<{ isPaid: boolean }>`
    select payments.pay_due(${orderId}, ${paid.amount}, ${JSON.stringify([tender])}::json) as "isPaid"`.execute(ctx.db);
  return rows[0]?.isPaid ?? false;
}
