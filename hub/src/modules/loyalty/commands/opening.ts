import type { ChannelId, EntityId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { expiryOf } from "../domain/index.ts";
import { currentExpiry, currentRule, pointsUnit } from "../queries/program.ts";

/** What a member brought along from an earlier program. */
export type OpeningBalance = {
  readonly recordId: RecordId;
  readonly points: number;
  readonly entityId: EntityId;
  readonly channelId: ChannelId;
  readonly timeZone: string;
};

/** Books what members bring along, once per record: the same again changes nothing. Who is no member is passed over. */
export async function openBalances(ctx: Ctx, balances: readonly OpeningBalance[]): Promise<void> {
  const rule = await currentRule(ctx);
  if (!rule || balances.length === 0) return;
  const expiry = await currentExpiry(ctx, rule.programId);
  const because = JSON.stringify({ kind: "opening_balance" });
  const rows = balances.map(({ recordId, points, entityId, channelId, timeZone }) => ({
    record: recordId,
    points,
    entity: entityId,
    channel: channelId,
    zone: timeZone,
    expires: expiryOf(expiry, ctx.now, timeZone),
  }));
  await sql`
    select ledger.credit(uuidv7(), 'opening', 'record', m.record_id, 0, b.entity, null, b.channel, (${ctx.now}::timestamptz at time zone b.zone)::date, b.zone,
      ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${because}::jsonb, ${ctx.now}, m.account_id, ${pointsUnit(rule.programId)}, b.points, b.expires, ${expiry.version})
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as b(record uuid, points bigint, entity uuid, channel uuid, zone text, expires timestamptz)
    join loyalty.membership m on m.record_id = b.record`.execute(ctx.db);
}
