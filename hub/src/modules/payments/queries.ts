import type { CartId, IntentId, OrderId, TenderId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { IntentState } from "./commands.ts";
import type { StandingTender, ValueKind } from "./domain.ts";

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
  /** What the card has agreed to, by its provider's word. */
  readonly authorized: number;
  readonly because: { readonly reason: string } | null;
  /** Where the payer has to go while it is `pending_action`; null when nobody has to. */
  readonly actionUrl: string | null;
};

/** Intents by id, in the order of their ids. */
export async function intentsById(ctx: Pick<ReadCtx, "db">, ids: readonly IntentId[]): Promise<Intent[]> {
  const { rows } = await sql<Intent>`
    select id, cart_id as "cartId", order_id as "orderId", provider, token, currency, amount, state, because,
           case when state = 'pending_action' then action_url end as "actionUrl",
           (select coalesce(sum(event.amount), 0) from payments.payment_event event
             where event.intent_id = intent.id and event.kind = 'captured')::bigint as captured,
           (select coalesce(max(event.amount), 0) from payments.payment_event event
             where event.intent_id = intent.id and event.kind = 'authorized')::bigint as authorized
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
  readonly kind: "cash" | "card" | "due_at_collection" | "imported" | "account" | "points" | ValueKind;
  readonly state: "captured" | "authorized" | "due" | "failed" | "settled" | "voided";
  readonly currency: string;
  readonly amount: number;
  readonly received: number | null;
  readonly change: number | null;
  /** On top of the amount. */
  readonly tip: number;
  readonly at: Date;
};

/** The tenders of some orders, the oldest first. */
export async function tendersOf(ctx: Pick<ReadCtx, "db">, orderIds: readonly OrderId[]): Promise<TenderRow[]> {
  const { rows } = await sql<TenderRow>`
    select id, order_id as "orderId", intent_id as "intentId", kind, state, currency, amount, received, change, tip, at
    from payments.tender where order_id = any(${[...orderIds]}::uuid[]) order by at, id`.execute(ctx.db);
  return rows;
}

/** What of an order's tenders did not go back yet, newest first: for `planRefund`. */
export async function standingTenders(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<StandingTender[]> {
  const { rows } = await sql<StandingTender>`
    select kind, state in ('due', 'authorized') as "isDue",
           amount - coalesce((select sum(r.amount) from payments.refund r where r.tender_id = tender.id and r.state <> 'failed'), 0)::bigint as left
    from payments.tender where order_id = ${orderId} and state in ('captured', 'due', 'authorized') order by at desc, id desc`.execute(
    ctx.db,
  );
  return rows;
}

/**
 * What an order has been paid, what is due at its collection, and what went back. `onAccount`: what of `paid` a company owes [PAY-31];
 * `authorized`: what cards have agreed to beside it, and nobody has taken yet.
 */
export type PaidSums = {
  readonly paid: number;
  readonly due: number;
  readonly refunded: number;
  readonly onAccount: number;
  readonly authorized: number;
};

export async function paidOf(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<PaidSums> {
  const { rows } = await sql<PaidSums>`
    select paid, due, refunded, on_account as "onAccount", authorized from payments.read_paid where order_id = ${orderId}`.execute(ctx.db);
  return rows[0] ?? { paid: 0, due: 0, refunded: 0, onAccount: 0, authorized: 0 };
}

/** Of which of these sources all money went back. */
export async function paidBackOf(ctx: Pick<ReadCtx, "db">, sources: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ source: string }>`
    select source from unnest(${[...sources]}::text[]) as source
     where not exists (select from payments.refund r where r.source = source.source and r.state <> 'succeeded')`.execute(ctx.db);
  return new Set(rows.map(({ source }) => source));
}
