import { err, ok, type ChannelId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { channelOf } from "../channels/index.ts";
import { placeOf } from "../places/index.ts";
import type { CheckId } from "./domain/index.ts";
import type { ParityError } from "./errors.ts";
import { ParityCheckAsked } from "./events.ts";

export type WantedCheck = { readonly placeId: PlaceId | null; readonly renewFeedsOf: ChannelId | null };

/**
 * Asks for a check, which a job runs. One that waits already is answered instead of another [PAR-5], and makes the feeds anew that either was
 * asked for. Errors: `parity.unknown_place`, `parity.unknown_channel`.
 */
export async function startCheck(ctx: Ctx, { placeId, renewFeedsOf }: WantedCheck): Promise<Result<CheckId, ParityError>> {
  if (placeId !== null && !(await placeOf(ctx, placeId))) return err({ code: "parity.unknown_place", placeId });
  if (renewFeedsOf !== null && !(await channelOf(ctx, renewFeedsOf)))
    return err({ code: "parity.unknown_channel", channelId: renewFeedsOf });
  const runId = await addRun(ctx, { placeId, renewFeedsOf }, renewFeedsOf === null ? "asked" : "feed_renewed");
  await auditWrite(ctx, { action: "parity.start", subject: `parity/${runId}` });
  return ok(runId);
}

/** Asks for a check of everything, as every night does. */
export async function startNightlyCheck(ctx: Ctx): Promise<void> {
  await addRun(ctx, { placeId: null, renewFeedsOf: null }, "nightly");
}

async function addRun(ctx: Ctx, { placeId, renewFeedsOf }: WantedCheck, cause: "asked" | "feed_renewed" | "nightly"): Promise<CheckId> {
  const { rows } = await sql<{ id: CheckId }>`
    insert into parity.run as r (id, cause, place_id, renew_of, asked_by, asked_at)
    values (${ctx.newId<CheckId>()}, ${cause}, ${placeId}, ${renewFeedsOf === null ? [] : [renewFeedsOf]}::uuid[], ${ctx.actor.staff?.id ?? null}, ${ctx.now})
    on conflict (state) where state in ('waiting', 'running')
    do update set renew_of = r.renew_of || excluded.renew_of, place_id = case when excluded.place_id = r.place_id then r.place_id end
    returning id`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error("an upsert answers its row");
  await publish(ctx, ParityCheckAsked, `parity/${row.id}`, { runId: row.id });
  return row.id;
}
