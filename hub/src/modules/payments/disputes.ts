import type { Id, OrderId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { DisputeChanged } from "./events.ts";
import type { SaidDispute } from "./provider.ts";

export type DisputeId = Id<"dispute">;

/** A payment that a cardholder took back at their bank. Amounts in minor units. */
export type Dispute = {
  readonly id: DisputeId;
  readonly reference: string;
  readonly provider: string;
  readonly state: SaidDispute["state"];
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  readonly dueAt: Date | null;
  readonly openedAt: Date;
  readonly changedAt: Date;
};

/**
 * Keeps what a provider says of a dispute [PAY-43]: told again it changes nothing, and what has ended stays so, however late an earlier word comes.
 * Nothing is booked: the order was paid, and what the bank takes stands on the provider's settlement. Publishes `payment.dispute_changed.v1`.
 */
export async function keepDispute(ctx: Ctx, provider: string, said: SaidDispute): Promise<void> {
  const { reference, intentId, state, amount, reason, dueAt, openedAt } = said;
  const { rows } = await sql<{ id: DisputeId; orderId: OrderId | null }>`
    with known as (select id, order_id from payments.intent where id = ${intentId} and provider = ${provider}),
    kept as (
      insert into payments.dispute as d (id, provider, reference, intent_id, state, amount, currency, reason, due_at, opened_at, changed_at)
      select ${ctx.newId<DisputeId>()}, ${provider}, ${reference}, id, ${state}, ${amount.amount}, ${amount.currency}, ${reason}, ${dueAt}, ${openedAt},
             ${ctx.now} from known
      on conflict (provider, reference) do update
        set state = excluded.state, amount = excluded.amount, reason = excluded.reason, due_at = excluded.due_at, changed_at = excluded.changed_at
        where d.state not in ('won', 'lost')
          and (d.state, d.amount, d.due_at) is distinct from (excluded.state, excluded.amount, excluded.due_at)
      returning id
    )
    select kept.id, known.order_id as "orderId" from kept cross join known`.execute(ctx.db);
  const [kept] = rows;
  if (!kept?.orderId) return;
  const { id: disputeId, orderId } = kept;
  await publish(ctx, DisputeChanged, `order/${orderId}`, { orderId, disputeId, intentId, state });
}

/** The disputes about payments of an order, the newest first. */
export async function disputesOf(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<Dispute[]> {
  const { rows } = await sql<Dispute>`
    select d.id, d.reference, d.provider, d.state, d.amount, d.currency, d.reason, d.due_at as "dueAt", d.opened_at as "openedAt", d.changed_at as "changedAt"
      from payments.dispute d join payments.intent i on i.id = d.intent_id
     where i.order_id = ${orderId} order by d.opened_at desc limit 20`.execute(ctx.db);
  return rows;
}
