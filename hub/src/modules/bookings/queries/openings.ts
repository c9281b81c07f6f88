import { instantOf, type BusinessDate, type PlaceId, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { placesSnapshot, type Place } from "../../places/index.ts";
import { openingsOn, type Opening, type Service, type SessionId, type TakenTime } from "../domain/index.ts";
import { readAdvisers, toAdviser, type StoredAdviser } from "./advisers.ts";

/** No session takes more of its adviser than this around a date: ten hours, with four before and after it. */
const AROUND_MINUTES = 24 * 60;

export type Offered = { readonly place: Place; readonly advisers: readonly StoredAdviser[]; readonly openings: readonly Opening[] };

type Asked = {
  readonly service: Service;
  readonly placeId: PlaceId;
  readonly dates: readonly BusinessDate[];
  /** Only with this adviser; null: with whoever is free. */
  readonly staffId: StaffId | null;
};

/**
 * When a service can be booked at a place on some dates [BKG-1], the same on every channel: of sessions that somebody shares already, what is
 * left. Null where the place does not give it. Two statements.
 */
export async function readOpenings(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "now">,
  { service, placeId, dates, staffId }: Asked,
): Promise<Offered | null> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place || place.status !== "active" || !service.isActive || !service.placeIds.includes(placeId)) return null;
  const all = (await readAdvisers(ctx, placeId)).filter(({ skills }) => skills.includes(service.skill));
  const advisers = all.filter((one) => staffId === null || one.staffId === staffId);
  const taken = await takenTime(ctx, place, advisers, dates);
  const able = advisers.map(toAdviser);
  const openings = dates.flatMap((date) => openingsOn(place, service, { advisers: able, taken, date, at: ctx.now }));
  return { place, advisers: all, openings };
}

type TakenRow = Omit<TakenTime, "isHere"> & { readonly id: SessionId; readonly placeId: PlaceId };

/** What is taken of the time of advisers, at whatever place, on some dates; what a cart held until a moment that has passed is free [BKG-11]. */
async function takenTime(
  ctx: Pick<ReadCtx, "db">,
  { id, timeZone }: Place,
  advisers: readonly StoredAdviser[],
  dates: readonly BusinessDate[],
): Promise<TakenTime[]> {
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined || advisers.length === 0) return [];
  const [from, until] = [instantOf(first, -AROUND_MINUTES, timeZone), instantOf(last, 2 * AROUND_MINUTES, timeZone)];
  const { rows } = await sql<TakenRow>`
    select s.id, s.place_id as "placeId", s.staff_id as "staffId", s.service_id as "serviceId", s.starts_at as "startsAt",
           lower(busy) as "busyFrom", upper(busy) as "busyUntil", seats - taken + lapsed as "seatsLeft"
      from bookings.session s, lateral (
        select coalesce(sum(b.seats), 0)::integer as lapsed from bookings.booking b where b.session_id = s.id and b.state = 'held' and b.held_until <= now()) l
     where staff_id = any (${advisers.map(({ staffId }) => staffId)}::uuid[]) and busy && tstzrange(${from}, ${until}) and taken > lapsed`.execute(
    ctx.db,
  );
  return rows.map(({ placeId, ...row }) => ({ ...row, isHere: placeId === id }));
}
