import { ok, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import {
  defineSnapshot,
  inTransaction,
  publish,
  startEvery,
  type Ctx,
  type Db,
  type Running,
  type Snapshots,
  type Surroundings,
} from "../../platform/index.ts";
import type { Place } from "../places/index.ts";
import { PaceChanged } from "./events.ts";

/** How long one sign of life of a store's devices holds, and how often they give one: two in a row may be lost. */
export const LEASE_SECONDS = 30;
export const SIGN_SECONDS = 10;

/** The stores that are heard, in memory; read anew when one is lost or comes back. */
export const leaseSnapshot = defineSnapshot<ReadonlySet<PlaceId>>({
  name: "promises.lease",
  load: loadLeases,
  invalidatedBy: [PaceChanged],
});

async function loadLeases(db: Db): Promise<ReadonlySet<PlaceId>> {
  const { rows } = await sql<{ placeId: PlaceId }>`
    select place_id as "placeId" from promises.lease where is_alive and valid_until > now()`.execute(db);
  return new Set(rows.map(({ placeId }) => placeId));
}

/** Whether a store takes orders to be made at once only while it is heard: by its setting, and as long as it sells at all. */
export const needsLease = ({ settings }: Pick<Place, "settings">): boolean => settings.leaseHorizonMinutes > 0;

/**
 * From when on a store takes orders while none of its devices is heard [PRM-71]: as far ahead as its setting says, by when somebody is there again
 * or has been called. Null: it is heard, or needs no device to be.
 */
export async function awaysNow(snapshots: Snapshots, at: Date): Promise<(place: Place) => Date | null> {
  const alive = await snapshots.current(leaseSnapshot);
  return (place) =>
    needsLease(place) && !alive.has(place.id) ? new Date(at.getTime() + place.settings.leaseHorizonMinutes * 60_000) : null;
}

/** A sign of life of a device: its store is heard from now on for half a minute. Told only where it was not heard before. Publishes `promise.pace_changed.v1`. */
export async function renewLease(ctx: Ctx, placeId: PlaceId): Promise<void> {
  const { rows } = await sql<{ hasCome: boolean }>`
    insert into promises.lease as l (place_id, valid_until, is_alive, since)
    values (${placeId}, ${ctx.now}::timestamptz + make_interval(secs => ${LEASE_SECONDS}::integer), true, ${ctx.now})
    on conflict (place_id) do update
      set valid_until = greatest(l.valid_until, excluded.valid_until), is_alive = true, since = case when l.is_alive then l.since else excluded.since end
    returning since = ${ctx.now}::timestamptz as "hasCome"`.execute(ctx.db);
  if (rows[0]?.hasCome) await publish(ctx, PaceChanged, `place/${placeId}`, { placeId });
}

/** Notes the stores that are heard no more, each once, and has everybody told. */
export async function loseLeases(ctx: Ctx): Promise<readonly PlaceId[]> {
  const { rows } = await sql<{ placeId: PlaceId }>`
    update promises.lease set is_alive = false, since = valid_until where is_alive and valid_until <= ${ctx.now}
    returning place_id as "placeId"`.execute(ctx.db);
  for (const { placeId } of rows) await publish(ctx, PaceChanged, `place/${placeId}`, { placeId });
  return rows.map(({ placeId }) => placeId);
}

const LOOK_EVERY_MS = 2000;

/** Looks every two seconds which stores are heard no more; on every node that works, and one of them tells. */
export function startLeaseWatch(around: Surroundings): Running {
  const look = () => inTransaction(around, async (ctx) => ok(await loseLeases(ctx)));
  return startEvery(LOOK_EVERY_MS, look, (error) => around.log.error({ err: error }, "lost stores could not be noted"));
}
