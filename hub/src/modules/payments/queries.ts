import type { CartId, Id, IntentId, OrderId, TenderId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { IntentState } from "./commands.ts";
import type { StandingTender } from "./domain.ts";

export type Intent = {
  readonly id: IntentId;
  readonly cartId: CartId;
  readonly orderId: OrderId | null;
  readonly provider: string;
  readonly token: string | null;
  readonly currency: string;
  readonly amount: number;
  readonly state: IntentState;
  /** What the provider says that it took, in the intent's currency. */
  readonly captured: number;
  readonly because: { readonly reason: string } | null;
};

/** Intents by id, in the order of their ids. */
export async function intentsById(ctx: Pick<ReadCtx, "db">, ids: readonly IntentId[]): Promise<Intent[]> {
  const { rows } = await sql<Intent>`
    select id, cart_id as "cartId", order_id as "orderId", provider, token, currency, amount, state, because,
           (select coalesce(sum(event.amount), 0) from payments.payment_event event
             where event.intent_id = intent.id and event.kind = 'captured')::bigint as captured
    from payments.intent where id = any(${[...ids]}::uuid[]) order by id`.execute(ctx.db);
  return rows;
}

/** Intents of carts that have no order and no end, untouched for a minute: the oldest hundred. */
export async function unsettledIntents(ctx: Pick<ReadCtx, "db">): Promise<IntentId[]> {
  const { rows } = await sql<{ id: IntentId }>`
    select id from payments.intent
    where state in ('created', 'pending_action', 'authorized', 'captured') and order_id is null and updated_at < now() - interval '1 minute'
    order by updated_at limit 100`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** A tender as documents and screens show it. */
export type TenderRow = {
  readonly id: TenderId;
  readonly orderId: OrderId;
  readonly intentId: IntentId | null;
  readonly kind: "cash" | "card" | "due_at_collection" | "imported";
  readonly state: "captured" | "authorized" | "due" | "failed" | "settled" | "voided";
  readonly currency: string;
  readonly amount: number;
  readonly received: number | null;
  readonly change: number | null;
  readonly at: Date;
};

/** The tenders of some orders, the oldest first. */
export async function tendersOf(ctx: Pick<ReadCtx, "db">, orderIds: readonly OrderId[]): Promise<TenderRow[]> {
  const { rows } = await sql<TenderRow>`
    select id, order_id as "orderId", intent_id as "intentId", kind, state, currency, amount, received, change, at
    from payments.tender where order_id = any(${[...orderIds]}::uuid[]) order by at, id`.execute(ctx.db);
  return rows;
}

/** What of an order's tenders did not go back yet, newest first: for `planRefund`. */
export async function standingTenders(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<StandingTender[]> {
  const { rows } = await sql<StandingTender>`
    select kind, state = 'due' as "isDue",
           amount - coalesce((select sum(r.amount) from payments.refund r where r.tender_id = tender.id and r.state <> 'failed'), 0)::bigint as left
    from payments.tender where order_id = ${orderId} and state in ('captured', 'due') order by at desc, id desc`.execute(ctx.db);
  return rows;
}

export type OpenRefund = {
  readonly id: Id<"refund">;
  readonly orderId: OrderId;
  readonly intentId: IntentId;
  readonly provider: string;
  readonly amount: number;
  readonly currency: string;
};

/** Refunds that their provider has not confirmed: one by id, or all that are older than a minute. */
export async function openRefunds(ctx: Pick<ReadCtx, "db">, id: Id<"refund"> | null): Promise<OpenRefund[]> {
  const { rows } = await sql<OpenRefund>`
    select refund.id, refund.order_id as "orderId", tender.intent_id as "intentId", intent.provider, refund.amount, refund.currency
    from payments.refund join payments.tender on tender.id = refund.tender_id join payments.intent on intent.id = tender.intent_id
    where refund.state in ('requested', 'pending')
      and (refund.id = ${id}::uuid or (${id}::uuid is null and refund.at < now() - interval '1 minute'))
    order by refund.at limit 100`.execute(ctx.db);
  return rows;
}

/** What an order has been paid, what is due at its collection, and what went back. */
export type PaidSums = { readonly paid: number; readonly due: number; readonly refunded: number };

export async function paidOf(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<PaidSums> {
  const { rows } = await sql<PaidSums>`
    select paid, due, refunded from payments.read_paid where order_id = ${orderId}`.execute(ctx.db);
  return rows[0] ?? { paid: 0, due: 0, refunded: 0 };
}
