import type { AccountId, BusinessDate, ChannelId, EntityId, Id, OrderId, PlaceId, RecordId, TransferId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { cardNumber, expiryOf, pointsFor, usableFrom } from "../domain/index.ts";
import { programNow } from "../snapshot.ts";

export type ClaimedSale = {
  readonly orderId: OrderId;
  readonly recordId: RecordId;
  /** What is paid for what earns, in minor units of `currency`. */
  readonly paid: number;
  readonly currency: string;
  readonly document: {
    readonly entityId: EntityId;
    readonly placeId: PlaceId | null;
    readonly channelId: ChannelId;
    readonly businessDate: BusinessDate;
    readonly timeZone: string;
  };
};

/**
 * The points of a sale whose buyer is known only afterwards [LOY-20]: of its amount by today's rule, with today's expiry, as the sale's own
 * earning, so that it earns once and a return takes them back. Bonuses are for who is known when they pay. Balances come last. Answers the points.
 */
export async function earnClaimed(ctx: Ctx, { orderId, recordId, paid, currency, document }: ClaimedSale): Promise<number> {
  const program = await programNow(ctx, document);
  if (!program) return 0;
  const { points, because } = pointsFor(program.rule, { amount: paid, currency });
  if (points === 0) return 0;
  const { programId, pendingDays } = program.rule;
  const { entityId, placeId, channelId, businessDate, timeZone } = document;
  const { rows } = await sql<{ booked: boolean }>`
    select loyalty.earn(${ctx.newId<TransferId>()}, ${orderId}, ${recordId}, ${programId}, ${ctx.newId<AccountId>()}, ${cardNumber(ctx.newId<Id<"card">>())},
      ${points}, ${expiryOf(program.expiry, ctx.now, timeZone)}, ${program.expiry.version}, ${entityId}, ${placeId}, ${channelId},
      ${businessDate}::date, ${timeZone}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify({ ...because, data: { ...because.data, orderId } })}::jsonb,
      ${ctx.now}, ${usableFrom(pendingDays, ctx.now, timeZone)}) as booked`.execute(ctx.db);
  return rows[0]?.booked ? points : 0;
}
