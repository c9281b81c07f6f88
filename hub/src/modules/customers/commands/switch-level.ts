import type { LevelChangeView, LinkLevel } from "@weft/contracts";
import { err, ok, type ChannelId, type Id, type RecordId, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { lockedLevel, setLevel, type ChannelsError } from "../../channels/index.ts";
import { LevelChangeMoved } from "../events.ts";
import { holdLevelsAlone, LIVING } from "../living.ts";
import { recomputeByLevels } from "./resolve.ts";

export type LevelChangeId = Id<"level change">;

/** So many records of a channel are computed again within the request; more are built in the background. */
const AT_ONCE = 300;

export type LevelWish = {
  readonly channelId: ChannelId;
  readonly level: LinkLevel;
  readonly reason: string | null;
  /** So many records at most within the request; the usual number when it is left out. */
  readonly atOnce?: number;
};

/**
 * Switches the link level of a channel [CHA-8]. Links and records stay: only what is computed from them changes, and only for people with
 * records on this channel and on others. Few of them are switched in this transaction; for many the next generation is built in the
 * background (`advanceSwitch`) and shown at once when it is whole [IDN-18].
 * Errors: `channels.unknown`, `channels.level_as_is`, `channels.level_changing`. Publishes `level_change.moved.v1`, and once it holds
 * `channel.changed.v1` and `channel.level_changed.v1`.
 */
export async function switchLevel(ctx: Ctx, wish: LevelWish): Promise<Result<LevelChangeId, ChannelsError>> {
  await holdLevelsAlone(ctx);
  const { channelId, level: to, atOnce = AT_ONCE } = wish;
  const from = await lockedLevel(ctx, channelId);
  if (!from) return err({ code: "channels.unknown", channelId });
  if (from === to) return err({ code: "channels.level_as_is", level: to });
  const building = await buildingNow(ctx);
  if (building?.channelId === channelId) return err({ code: "channels.level_changing", levelChangeId: building.id });
  const records = isOneCircle(from) === isOneCircle(to) ? [] : await sharedRecords(ctx, channelId, null, atOnce + 1);
  if (records.length > atOnce) {
    if (building) return err({ code: "channels.level_changing", levelChangeId: building.id });
    return ok(await startBuilding(ctx, wish, from));
  }
  await setLevel(ctx, channelId, from, to);
  await recomputeByLevels(ctx, records);
  return ok(await keepDone(ctx, wish, from, records.length));
}

/** Whether a channel with this level shows people together with other channels. */
const isOneCircle = (level: LinkLevel): boolean => level === "linked";

type Building = { readonly id: LevelChangeId; readonly channelId: ChannelId };

async function buildingNow(ctx: Ctx): Promise<Building | undefined> {
  const { rows } = await sql<Building>`
    select id, channel_id as "channelId" from customers.level_change where state = 'building'`.execute(ctx.db);
  return rows[0];
}

/** Records of a channel that hang together with records of others, from one on, so many at most: all that a switch can change. */
export async function sharedRecords(ctx: Pick<Ctx, "db">, channelId: ChannelId, after: RecordId | null, most: number): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select p.record_id as id from customers.record_person p
     where p.channel_id = ${channelId} and (${after}::uuid is null or p.record_id > ${after}::uuid)
       and exists (select from customers.record_person o where o.person_id = p.person_id and o.channel_id <> ${channelId})
     order by p.record_id limit ${most}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

async function startBuilding(ctx: Ctx, { channelId, level, reason }: LevelWish, from: LinkLevel): Promise<LevelChangeId> {
  const id = ctx.newId<LevelChangeId>();
  await sql`truncate customers.level_change_touched`.execute(ctx.db);
  await sql`
    insert into customers.level_change (id, channel_id, from_level, to_level, state, generation, total, actor_kind, staff_id, reason)
    select ${id}, ${channelId}, ${from}, ${level}, 'building', ${LIVING} + 1, count(*), ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${reason}
      from customers.record_person p
     where p.channel_id = ${channelId}
       and exists (select from customers.record_person o where o.person_id = p.person_id and o.channel_id <> ${channelId})`.execute(ctx.db);
  await publish(ctx, LevelChangeMoved, `level_change/${id}`, { levelChangeId: id, channelId, state: "building" });
  return id;
}

async function keepDone(ctx: Ctx, { channelId, level, reason }: LevelWish, from: LinkLevel, total: number): Promise<LevelChangeId> {
  const id = ctx.newId<LevelChangeId>();
  await sql`
    insert into customers.level_change (id, channel_id, from_level, to_level, state, total, built, actor_kind, staff_id, reason, turned_at, finished_at)
    values (${id}, ${channelId}, ${from}, ${level}, 'done', ${total}, ${total}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${reason}, now(), now())`.execute(
    ctx.db,
  );
  await publish(ctx, LevelChangeMoved, `level_change/${id}`, { levelChangeId: id, channelId, state: "done" });
  return id;
}

const COLUMNS = sql`
  id, channel_id as "channelId", from_level as "from", to_level as "to", state, total, built, reason, staff_id as "staffId",
  created_at as "createdAt", turned_at as "turnedAt", finished_at as "finishedAt"`;

type Row = Omit<LevelChangeView, "createdAt" | "turnedAt" | "finishedAt" | "staffId"> & {
  readonly staffId: StaffId | null;
  readonly createdAt: Date;
  readonly turnedAt: Date | null;
  readonly finishedAt: Date | null;
};

/** One switch and how far it is; undefined for an unknown one. */
export async function levelChangeOf(ctx: Pick<Ctx, "db">, id: string): Promise<LevelChangeView | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from customers.level_change where id = ${id}`.execute(ctx.db);
  return rows[0] && presentChange(rows[0]);
}

/** The last fifty switches of a channel, newest first. */
export async function levelChangesOf(ctx: Pick<Ctx, "db">, channelId: ChannelId): Promise<LevelChangeView[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from customers.level_change where channel_id = ${channelId} order by created_at desc, id desc limit 50`.execute(
    ctx.db,
  );
  return rows.map(presentChange);
}

function presentChange({ id, channelId, from, to, state, total, built, reason, staffId, ...times }: Row): LevelChangeView {
  return {
    id,
    channelId,
    from,
    to,
    state,
    total,
    built,
    reason,
    staffId,
    createdAt: times.createdAt.toISOString(),
    turnedAt: times.turnedAt?.toISOString() ?? null,
    finishedAt: times.finishedAt?.toISOString() ?? null,
  };
}
