import type { PreferencesInForceView } from "@weft/contracts";
import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { allCells, standingOf } from "./domain/index.ts";
import { decisionsOf, preferencesOf, recordSetsOf } from "./queries.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots" | "now">;

const NOTHING_SAID: PreferencesInForceView = { channel: null, language: null, quietHours: null, pausedUntil: null, said: [] };

/**
 * How the customer of a record wants to be treated, as it holds on a channel now: what a channel shows of it, and is measured by [CNS-10].
 * Most people never said anything, which costs one statement.
 */
export async function preferencesInForce(ctx: Reader, recordId: RecordId, channelId: ChannelId | null): Promise<PreferencesInForceView> {
  if (!(await hasSaid(ctx, recordId))) return NOTHING_SAID;
  const records = await recordSetsOf(ctx, recordId);
  const { pausedUntil, channel, language, quietHours } = await preferencesOf(ctx, records.customer, channelId);
  const decisions = await decisionsOf(ctx, records.person);
  const said = allCells().flatMap((cell): PreferencesInForceView["said"] => {
    const { state } = standingOf(decisions, records, cell);
    return state === "granted" || state === "withdrawn" ? [{ topic: cell.topic, channelKind: cell.channelKind, state }] : [];
  });
  const isPaused = pausedUntil !== null && pausedUntil > ctx.now;
  return { channel, language, quietHours, pausedUntil: isPaused ? pausedUntil.toISOString() : null, said };
}

async function hasSaid({ db }: Pick<ReadCtx, "db">, recordId: RecordId): Promise<boolean> {
  const { rows } = await sql<{ hasSaid: boolean }>`
    with mine as materialized (select customers.person_records_of(${recordId}) as id)
    select exists (select from mine join consent.preference on record_id = mine.id)
        or exists (select from mine join consent.event on record_id = mine.id) as "hasSaid"`.execute(db);
  return rows[0]?.hasSaid ?? false;
}
