import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";

/**
 * Forgets what these people said. What stays is what the law needs to leave them alone: for a no that held, the keyed hashes of the
 * addresses it was about, which name nobody [CNS-6]. An address that somebody enters again is not written to until its owner says yes.
 */
export async function eraseConsent(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const records = sql`${[...recordIds]}::uuid[]`;
  await sql`
    insert into consent.suppression (id, channel_kind, address_mac, reason, at, actor_kind)
    select distinct on (m.kind, m.mac) uuidv7(), m.kind, decode(m.mac, 'hex'), 'erased', ${ctx.now}::timestamptz, ${ctx.actor.kind}
      from consent.event e cross join lateral jsonb_to_recordset(e.address_macs) as m (kind text, mac text)
     where e.record_id = any(${records}) and e.state = 'withdrawn'
       and not exists (select from consent.event later
                        where later.record_id = any(${records}) and later.state = 'granted' and e.id = any(later.answers))
       and not exists (select from consent.event later
                        where later.record_id = e.record_id and later.state = 'granted' and (later.at, later.id) > (e.at, e.id)
                          and later.purpose = e.purpose and coalesce(e.topic, later.topic) = later.topic
                          and coalesce(e.channel_kind, later.channel_kind) = later.channel_kind)
    on conflict (channel_kind, address_mac, reason) where lifted_at is null do nothing`.execute(ctx.db);
  await sql`delete from consent.confirmation where record_id = any(${records})`.execute(ctx.db);
  await sql`delete from consent.link where record_id = any(${records})`.execute(ctx.db);
  await sql`delete from consent.preference where record_id = any(${records})`.execute(ctx.db);
  await sql`delete from consent.event where record_id = any(${records})`.execute(ctx.db);
}
