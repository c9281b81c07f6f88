import type { BusinessDate, ChannelId, EntityId, OrderId, PlaceId, RecordId, TenderId, TransferId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { isValue } from "../domain.ts";

/** A tender as it was written, with its document. */
type WrittenTender = {
  readonly id: TenderId;
  readonly kind: string;
  readonly amount: number;
  readonly currency: string;
  readonly card_id?: string | null;
  readonly entity_id: EntityId;
  readonly place_id: PlaceId | null;
  readonly channel_id: ChannelId;
  readonly business_date: BusinessDate;
  readonly time_zone: string;
};

/**
 * Takes what tenders of store credit and gift cards pay out of the ledger [PAY-11], for an order that is paid after it was placed. Balances:
 * called last. Raises WF040 and WF041 as `payments.spend_values` does. Without such tenders it is no statement.
 */
export async function spendValues(
  ctx: Ctx,
  order: { readonly orderId: OrderId; readonly recordId: RecordId | null },
  tenders: readonly WrittenTender[],
): Promise<void> {
  const values = tenders
    .filter(({ kind }) => isValue({ kind }))
    .map(({ id, ...tender }) => ({
      ...tender,
      txn: ctx.newId<TransferId>(),
      tender_id: id,
      actor_kind: ctx.actor.kind,
      actor_id: ctx.actor.staff?.id ?? null,
    }));
  if (values.length === 0) return;
  await sql`select payments.spend_values(${order.orderId}, ${order.recordId}, ${ctx.now}, false, ${JSON.stringify(values)}::jsonb)`.execute(
    ctx.db,
  );
}
