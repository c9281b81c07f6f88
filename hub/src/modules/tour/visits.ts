import type { LinkLevel, TourView } from "@weft/contracts";
import type { ChannelId, DeviceId, Id, PlaceId, RecordId, RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { personaOf } from "./domain/index.ts";

export type VisitId = Id<"visit">;
export type PersonaId = Id<"persona">;

/** A visitor's stage as it is kept. */
export type Visit = {
  readonly id: VisitId;
  readonly webChannelId: ChannelId;
  readonly storeChannelId: ChannelId;
  readonly placeId: PlaceId;
  readonly registerId: RegisterId;
  readonly deviceId: DeviceId;
  readonly publishableKey: string;
  readonly recordId: RecordId;
  readonly walkInId: RecordId;
  readonly persona: PersonaId;
  readonly signedUpAt: Date | null;
  readonly expiresAt: Date;
  readonly level: LinkLevel;
};

const VISIT = sql`
  select v.id, v.web_channel_id as "webChannelId", v.store_channel_id as "storeChannelId", v.place_id as "placeId",
         v.register_id as "registerId", v.device_id as "deviceId", v.publishable_key as "publishableKey", v.record_id as "recordId",
         v.walk_in_id as "walkInId", v.persona, v.signed_up_at as "signedUpAt", v.expires_at as "expiresAt", l.level
    from tour.visit v join channels.read_level l on l.channel_id = v.web_channel_id`;

type Reader = Pick<ReadCtx, "db" | "actor">;

/** The visit of the caller: whoever has the session of its persona [TOU-1]. */
export async function ownVisit({ db, actor }: Reader): Promise<Visit | undefined> {
  if (!actor.customer) return undefined;
  const { rows } = await sql<Visit>`${VISIT} where v.record_id = ${actor.customer.recordId}`.execute(db);
  return rows[0];
}

/** The visit whose phone calls: by the key of its own channel, which nobody else has [TOU-1]. */
export async function visitOfPhone({ db, actor }: Reader): Promise<Visit | undefined> {
  if (actor.channelId === null) return undefined;
  const { rows } = await sql<Visit>`${VISIT} where v.web_channel_id = ${actor.channelId}`.execute(db);
  return rows[0];
}

/** A visit that must be there. */
export async function mustReadVisit({ db }: Pick<ReadCtx, "db">, id: VisitId): Promise<Visit> {
  const { rows } = await sql<Visit>`${VISIT} where v.id = ${id}`.execute(db);
  if (!rows[0]) throw new Error("a visit that was just written is not there");
  return rows[0];
}

/** Visits whose day is over, the oldest first. */
export async function expiredVisits({ db }: Pick<ReadCtx, "db">, most: number): Promise<Visit[]> {
  const { rows } = await sql<Visit>`${VISIT} where v.expires_at <= now() order by v.expires_at limit ${most}`.execute(db);
  return rows;
}

/** A visit as its visitor is answered at `now`. */
export function presentVisit(visit: Visit, now: Date): TourView {
  const { id, level, webChannelId, storeChannelId, publishableKey, placeId } = visit;
  return {
    id,
    level,
    webChannelId,
    storeChannelId,
    publishableKey,
    placeId,
    persona: { ...personaOf(visit.persona) },
    isSignedUp: visit.signedUpAt !== null,
    expiresAt: visit.expiresAt.toISOString(),
    at: now.toISOString(),
  };
}
