import type { StoreView } from "@weft/contracts";
import { err, ok, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { defineSnapshot, publish, type Ctx, type Db, type Snapshots } from "../../platform/index.ts";
import { auditWrite, mayActAt } from "../access/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import type { PromisingPlace } from "./domain/index.ts";
import type { PaceError } from "./errors.ts";
import { PaceChanged } from "./events.ts";
import { awaysNow, leaseSnapshot } from "./lease.ts";

/** How a store prepares for a while: nothing before `until` (`waitMinutes` null), or everything so much later. */
export type Pace = { readonly until: Date; readonly waitMinutes: number | null };

/** The stores that say so, in memory; what is over is not looked at any more. */
export const paceSnapshot = defineSnapshot<ReadonlyMap<PlaceId, Pace>>({
  name: "promises.pace",
  load: loadPaces,
  invalidatedBy: [PaceChanged],
});

async function loadPaces(db: Db): Promise<ReadonlyMap<PlaceId, Pace>> {
  const { rows } = await sql<Pace & { placeId: PlaceId }>`
    select place_id as "placeId", until, wait_minutes as "waitMinutes" from promises.pace where until > now()`.execute(db);
  return new Map(rows.map(({ placeId, ...pace }) => [placeId, pace]));
}

/** Reads anew how stores prepare, and which are heard: whoever is told of a change asks at once, and must not be given what was before. */
export async function freshPaces(snapshots: Snapshots): Promise<void> {
  await Promise.all([snapshots.fresh(paceSnapshot), snapshots.fresh(leaseSnapshot)]);
}

/** A place with its pace at an instant [PRM-51]. */
export function atItsPace(place: PromisingPlace, pace: Pace | undefined, at: Date): PromisingPlace {
  if (!pace || pace.until <= at) return place;
  if (pace.waitMinutes === null) return { ...place, pausedUntil: pace.until };
  return { ...place, collectReadyMinutes: place.collectReadyMinutes + pace.waitMinutes };
}

/** What customers are told of how stores prepare, in memory. That nobody at the store is heard comes before what somebody said there. */
export async function pacesNow(snapshots: Snapshots, at: Date): Promise<(place: Place) => StoreView["pace"]> {
  const paces = await snapshots.current(paceSnapshot);
  const awayUntil = await awaysNow(snapshots, at);
  return (place) => {
    const away = awayUntil(place);
    if (away) return { until: away.toISOString(), waitMinutes: null, isAway: true };
    const pace = paces.get(place.id);
    return pace && pace.until > at ? { until: pace.until.toISOString(), waitMinutes: pace.waitMinutes, isAway: false } : null;
  };
}

/** What somebody at a store says: for so many minutes nothing is begun, or everything takes longer. */
export type WantedPace = { readonly minutes: number; readonly waitMinutes: number | null };

/**
 * A store takes nothing ahead for a while, or says that all takes longer; it ends by itself, and another word takes its place [PRM-51]. What was
 * promised before stays promised. Errors: `pace.unknown_store`, `pace.other_place`. Publishes `promise.pace_changed.v1`.
 */
export async function setPace(ctx: Ctx, placeId: PlaceId, { minutes, waitMinutes }: WantedPace): Promise<Result<Pace, PaceError>> {
  const refused = await whyNot(ctx, placeId);
  if (refused) return err(refused);
  const until = new Date(ctx.now.getTime() + minutes * 60_000);
  await sql`
    insert into promises.pace (place_id, until, wait_minutes, set_at, staff_id)
    values (${placeId}, ${until}, ${waitMinutes}, ${ctx.now}, ${ctx.actor.staff?.id ?? null})
    on conflict (place_id) do update
      set until = excluded.until, wait_minutes = excluded.wait_minutes, set_at = excluded.set_at, staff_id = excluded.staff_id`.execute(
    ctx.db,
  );
  await tell(ctx, placeId, "pace.set");
  return ok({ until, waitMinutes });
}

/** A store prepares as always again; where it does already nothing happens. As `setPace` else. */
export async function endPace(ctx: Ctx, placeId: PlaceId): Promise<Result<null, PaceError>> {
  const refused = await whyNot(ctx, placeId);
  if (refused) return err(refused);
  const { numAffectedRows = 0n } = await sql`delete from promises.pace where place_id = ${placeId}`.execute(ctx.db);
  if (numAffectedRows > 0n) await tell(ctx, placeId, "pace.end");
  return ok(null);
}

async function whyNot(ctx: Ctx, placeId: PlaceId): Promise<PaceError | null> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place || place.kind === "warehouse") return { code: "pace.unknown_store", placeId };
  return mayActAt(ctx.actor, placeId) ? null : { code: "pace.other_place" };
}

async function tell(ctx: Ctx, placeId: PlaceId, action: "pace.set" | "pace.end"): Promise<void> {
  await auditWrite(ctx, { action, subject: `place/${placeId}` });
  await publish(ctx, PaceChanged, `place/${placeId}`, { placeId });
}

/** Forgets what has ended by itself. */
export async function forgetPaces(ctx: Ctx): Promise<void> {
  await sql`delete from promises.pace where until < ${ctx.now}::timestamptz - interval '1 day'`.execute(ctx.db);
}
