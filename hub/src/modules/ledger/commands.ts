import { businessDate, err, ok, type ChannelId, type Money, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { documentPlace } from "../places/index.ts";
import type { LedgerError } from "./errors.ts";

/** Tips of a place that its staff are given; `id` makes it one payout however often it is sent. */
export type TipPayout = { readonly id: string; readonly placeId: PlaceId; readonly amount: Money; readonly note: string | null };

/**
 * Notes that tips were paid out to the staff of a place [LED-14], and answers what is still owed there. Two at once come after each other, so that
 * together they are at most what is owed. Errors: `tips.place_unknown`, `tips.more_than_owed`.
 */
export async function payTips(ctx: Ctx, { id, placeId, amount, note }: TipPayout): Promise<Result<Money, LedgerError>> {
  const place = await documentPlace(ctx, placeId);
  if (!place) return err({ code: "tips.place_unknown" });
  const { currency } = amount;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tips ${placeId}`}, 0))`.execute(ctx.db);
  const { rows } = await sql<{ owed: number; channelId: ChannelId | null; isPaid: boolean }>`
    select coalesce(sum(o.taken - o.given), 0)::bigint as owed,
           (select t.channel_id from ledger.txn t where t.place_id = ${placeId} and t.kind = 'tip' order by t.at desc limit 1) as "channelId",
           exists (select from ledger.txn t where t.source_type = 'tip_payout' and t.source_id = ${id}::uuid) as "isPaid"
      from ledger.read_owed o where o.what = 'tips' and o.place_id = ${placeId} and o.currency = ${currency}`.execute(ctx.db);
  const { owed = 0, channelId = null, isPaid = false } = rows[0] ?? {};
  if (isPaid) return ok({ amount: owed, currency });
  if (amount.amount > owed || channelId === null) return err({ code: "tips.more_than_owed", owed: { amount: owed, currency } });
  const day = businessDate(ctx.now, place.timeZone, place.dayEnd);
  const because = { kind: "tip_paid", data: { note } };
  await sql`
    select ledger.owe('tips', 'tip_paid', 'tip_payout', ${id}::uuid, 0, ${place.entityId}, ${placeId}, ${channelId}, ${day}::date, ${place.timeZone},
      ${currency}, ${-amount.amount}::bigint, ${JSON.stringify(because)}::jsonb, ${ctx.now}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null})`.execute(
    ctx.db,
  );
  await auditWrite(ctx, { action: "owed.payTips", subject: `place/${placeId}` });
  return ok({ amount: owed - amount.amount, currency });
}
