import { asId, type OrderId, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { GiftCardId } from "../domain.ts";
import { CardOverspent } from "../events.ts";

type Overspent = { readonly tenderId: string; readonly cardId: string; readonly lost: number; readonly currency: string };

/** Why a card that registers without the hub took too much of pays nothing more. */
const REASON = "overspent";

/**
 * Gift cards that paid an order at a register without the hub, with less on them than they paid [PAY-52]: the ledger booked the rest as the
 * house's loss. Here it is noted, and the card pays nothing more until somebody has looked at it. Publishes `payment.card_overspent.v1`.
 */
export async function freezeOverspent(ctx: Ctx, orderId: OrderId, placeId: PlaceId): Promise<void> {
  const { rows } = await sql<Overspent>`
    insert into payments.overspent (tender_id, card_id, order_id, place_id, amount, currency, at)
    select v.tender_id, v.card_id, v.order_id, ${placeId}, ledger.lost_by('tender', v.tender_id), t.currency, ${ctx.now}
      from payments.value_tender v join payments.tender t on t.id = v.tender_id
     where v.order_id = ${orderId} and v.kind = 'gift_card' and ledger.lost_by('tender', v.tender_id) > 0
    on conflict (tender_id) do nothing
    returning tender_id as "tenderId", card_id as "cardId", amount::int as lost, currency`.execute(ctx.db);
  for (const { cardId, lost, currency } of rows) {
    await block(ctx, asId<GiftCardId>(cardId));
    await publish(ctx, CardOverspent, `order/${orderId}`, { cardId, orderId, placeId, lost, currency });
  }
}

async function block(ctx: Ctx, id: GiftCardId): Promise<void> {
  const { rows } = await sql`
    update payments.gift_card set blocked_at = ${ctx.now}, blocked_by = null, block_reason = ${REASON}
     where id = ${id} and blocked_at is null returning id`.execute(ctx.db);
  if (rows.length > 0) await auditWrite(ctx, { action: "giftCards.block", subject: `gift-card/${id}`, reason: REASON });
}
