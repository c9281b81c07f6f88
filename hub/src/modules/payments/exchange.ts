import type { OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import type { RefundDocument } from "./commands.ts";
import type { GiftCardId, MovedMoney, ValueKind } from "./domain.ts";

/**
 * Moves `amount` of what an order was paid in money to another order, the newest tender first [PAY-30]: it leaves this one as a refund that no
 * provider is asked for, and is a captured tender of the other. The caller holds the order's lock, has seen that so much money is there, and
 * calls once per source.
 */
export async function moveMoney(
  ctx: Ctx,
  orderId: OrderId,
  amount: number,
  source: string,
  { entityId, placeId, channelId, businessDate, timeZone }: RefundDocument,
): Promise<MovedMoney[]> {
  const { rows } = await sql<MovedMoney>`
    with open as (
      select t.*, t.amount - coalesce(gone.amount, 0) as kept,
             sum(t.amount - coalesce(gone.amount, 0)) over (order by t.at desc, t.id desc) - (t.amount - coalesce(gone.amount, 0)) as newer
      from payments.tender t
      left join lateral (select sum(amount) as amount from payments.refund r where r.tender_id = t.id and r.state <> 'failed') gone on true
      where t.order_id = ${orderId} and t.state = 'captured' and t.kind in ('cash', 'card') and t.amount > coalesce(gone.amount, 0)
    )
    insert into payments.refund (id, order_id, tender_id, source, target, state, currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone)
    select uuidv7(), order_id, id, ${source}, 'exchange', 'succeeded', currency, least(kept, ${amount}::bigint - newer), ${ctx.now},
           ${entityId}, ${placeId}, ${channelId}, ${businessDate}::date, ${timeZone}
    from open where ${amount}::bigint - newer > 0
    order by at desc, id desc
    returning id, amount, (select kind from payments.tender where tender.id = refund.tender_id) as kind,
              (select intent_id from payments.tender where tender.id = refund.tender_id) as "intentId"`.execute(ctx.db);
  return rows;
}

/** What money moved for a source, the newest tender first. */
export async function movedFor(ctx: Pick<Ctx, "db">, source: string): Promise<MovedMoney[]> {
  const { rows } = await sql<MovedMoney>`
    select r.id, r.amount, t.kind, t.intent_id as "intentId" from payments.refund r join payments.tender t on t.id = r.tender_id
     where r.source = ${source} and r.target = 'exchange' order by t.at desc, t.id desc`.execute(ctx.db);
  return rows;
}

/** Stored value that goes back to where it came from and pays anew in the same act: of one gift card, or of somebody's store credit. */
export type ReturnedValue = { readonly kind: ValueKind; readonly cardId: GiftCardId | null; readonly amount: number };

/** What of stored value went back for a source, gift card by gift card. */
export async function valueReturned(ctx: Pick<Ctx, "db">, source: string): Promise<ReturnedValue[]> {
  const { rows } = await sql<ReturnedValue>`
    select v.kind, v.card_id as "cardId", sum(r.amount)::bigint as amount
      from payments.refund r join payments.value_tender v on v.tender_id = r.tender_id
     where r.source = ${source} and r.target = 'tender' group by v.kind, v.card_id order by v.kind, v.card_id`.execute(ctx.db);
  return rows;
}
