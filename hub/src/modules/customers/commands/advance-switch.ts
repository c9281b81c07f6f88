import type { LinkLevel } from "@weft/contracts";
import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { setLevel } from "../../channels/index.ts";
import { LevelChangeMoved } from "../events.ts";
import { holdLevelsAlone } from "../living.ts";
import { buildNext, sweepOld } from "./next-generation.ts";
import { sharedRecords, type LevelChangeId } from "./switch-level.ts";

/** Records whose customers one transaction builds: it keeps others from linking people for as long as it takes, some hundredths of a second. */
const BATCH = 100;
/** Rows of one table that one transaction sweeps away. */
const SWEEP = 2000;

type Run = {
  readonly id: LevelChangeId;
  readonly channelId: ChannelId;
  readonly from: LinkLevel;
  readonly to: LinkLevel;
  readonly state: "building" | "turned";
  readonly generation: number;
  readonly progress: RecordId | null;
};

/** What a step did: `idle` when there is nothing to do. */
export type SwitchStep = "built" | "turned" | "swept" | "idle";

/**
 * Takes the switch that is under way one step further [IDN-18], each step in a transaction of its own, so that it goes on where it was after
 * a hub was killed: customers of the next records are built; then those of people who changed meanwhile; with the last of them the switch
 * turns, for everybody at once; then what no generation shows any more is swept away.
 */
export async function advanceSwitch(ctx: Ctx): Promise<SwitchStep> {
  const waiting = await runNow(ctx);
  if (!waiting) return "idle";
  if (waiting.state === "turned") return sweep(ctx, waiting);
  await holdLevelsAlone(ctx);
  const run = await runNow(ctx);
  if (run?.state !== "building") return "built"; // another node was quicker
  const next = { generation: run.generation, supposed: { channelId: run.channelId, level: run.to } };
  const records = await sharedRecords(ctx, run.channelId, run.progress, BATCH);
  if (records.length > 0) {
    await buildNext(ctx, next, records);
    await sql`
      update customers.level_change set progress = ${records.at(-1)}, built = least(total, built + ${records.length}) where id = ${run.id}`.execute(
      ctx.db,
    );
    await tell(ctx, run, "building");
    return "built";
  }
  const touched = await takeTouched(ctx);
  await buildNext(ctx, next, touched);
  if (touched.length === BATCH) return "built";
  await turn(ctx, run);
  return "turned";
}

async function runNow(ctx: Ctx): Promise<Run | undefined> {
  const { rows } = await sql<Run>`
    select id, channel_id as "channelId", from_level as "from", to_level as "to", state, generation, progress from customers.level_change
     where state in ('building', 'turned') order by state = 'building' desc, created_at limit 1`.execute(ctx.db);
  return rows[0];
}

/** Whose customers changed since they were built. */
async function takeTouched(ctx: Ctx): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    delete from customers.level_change_touched
     where record_id in (select record_id from customers.level_change_touched order by record_id limit ${BATCH})
    returning record_id as id`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

async function turn(ctx: Ctx, run: Run): Promise<void> {
  await sql`update customers.generation set living = ${run.generation}`.execute(ctx.db);
  await setLevel(ctx, run.channelId, run.from, run.to);
  await sql`update customers.level_change set state = 'turned', built = total, turned_at = now() where id = ${run.id}`.execute(ctx.db);
  await tell(ctx, run, "turned");
}

async function sweep(ctx: Ctx, run: Run): Promise<SwitchStep> {
  if ((await sweepOld(ctx, SWEEP)) > 0) return "swept";
  await sql`update customers.level_change set state = 'done', finished_at = now() where id = ${run.id} and state = 'turned'`.execute(
    ctx.db,
  );
  await tell(ctx, run, "done");
  return "swept";
}

async function tell(ctx: Ctx, { id, channelId }: Run, state: "building" | "turned" | "done"): Promise<void> {
  await publish(ctx, LevelChangeMoved, `level_change/${id}`, { levelChangeId: id, channelId, state });
}
