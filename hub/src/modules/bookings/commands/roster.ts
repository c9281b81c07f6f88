import { err, ok, type PlaceId, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { auditWrite, mayActAt, readStaff } from "../../access/index.ts";
import { placesSnapshot, readWindows } from "../../places/index.ts";
import { calendarHash, calendarToken } from "../calendar-token.ts";
import { readExceptions } from "../domain/index.ts";
import type { BookingsError } from "../errors.ts";
import { ServiceChanged } from "../events.ts";
import { readAdvisers, type StoredAdviser, type WrittenTimes } from "../queries/advisers.ts";
import { lockAdvisers } from "./seats.ts";

type Who = { readonly placeId: PlaceId; readonly staffId: StaffId };

/**
 * Says what a member of staff knows and when they give services at a place [BKG-8]. What is booked with them stays: a calendar that no longer fits is
 * for people to mend. Errors: `adviser.unknown`, `adviser.times_wrong`, `booking.out_of_reach`. Publishes `booking.offer_changed.v1`.
 */
export async function setAdviser(ctx: Ctx, { placeId, staffId }: Who, times: WrittenTimes): Promise<Result<StoredAdviser, BookingsError>> {
  const refusal = await whyNot(ctx, placeId);
  if (refusal) return err(refusal);
  if (readWindows(times.hours) === undefined) return err({ code: "adviser.times_wrong", field: "hours" });
  if (readExceptions(times.exceptions) === undefined) return err({ code: "adviser.times_wrong", field: "exceptions" });
  const staff = await readStaff(ctx, staffId);
  const isThere = staff?.state === "active" && (staff.placeIds.length === 0 || staff.placeIds.includes(placeId));
  if (!isThere) return err({ code: "adviser.unknown" });
  await lockAdvisers(ctx, [placeId]);
  await sql`
    insert into bookings.adviser (place_id, staff_id, skills, hours, exceptions)
    values (${placeId}, ${staffId}, ${[...times.skills]}::text[], ${times.hours}, ${JSON.stringify(times.exceptions)}::jsonb)
    on conflict (place_id, staff_id) do update
       set skills = excluded.skills, hours = excluded.hours, exceptions = excluded.exceptions, version = adviser.version + 1`.execute(
    ctx.db,
  );
  await told(ctx, placeId, "advisers.set");
  const set = (await readAdvisers(ctx, placeId)).find((one) => one.staffId === staffId);
  if (!set) throw new Error("an adviser that was just written is there");
  return ok(set);
}

/** Somebody gives no services at a place any more; what is booked with them stays. Errors: `adviser.unknown`, `booking.out_of_reach`. */
export async function removeAdviser(ctx: Ctx, { placeId, staffId }: Who): Promise<Result<null, BookingsError>> {
  const refusal = await whyNot(ctx, placeId);
  if (refusal) return err(refusal);
  await lockAdvisers(ctx, [placeId]);
  const { numAffectedRows = 0n } = await sql`delete from bookings.adviser where place_id = ${placeId} and staff_id = ${staffId}`.execute(
    ctx.db,
  );
  if (numAffectedRows === 0n) return err({ code: "adviser.unknown" });
  await told(ctx, placeId, "advisers.remove");
  return ok(null);
}

/**
 * A new link by which an adviser's calendar follows their bookings; the one before opens nothing any more [BKG-9]. An adviser makes their own, and
 * who manages one of their places does. Answers the token. Errors: `adviser.unknown`.
 */
export async function makeCalendar(ctx: Ctx, vault: Vault, staffId: StaffId): Promise<Result<string, BookingsError>> {
  const { rows } = await sql<{ placeId: PlaceId }>`select place_id as "placeId" from bookings.adviser where staff_id = ${staffId}`.execute(
    ctx.db,
  );
  const isOwn = ctx.actor.staff?.id === staffId;
  const isManaged = rows.some(({ placeId }) => mayActAt(ctx.actor, placeId) && ctx.actor.staff?.roles.some((role) => MAKERS.has(role)));
  if (rows.length === 0 || !(isOwn || isManaged)) return err({ code: "adviser.unknown" });
  await sql`select 1 from bookings.calendar where staff_id = ${staffId} for update`.execute(ctx.db);
  const made = await sql<{ serial: number }>`select serial from bookings.calendar where staff_id = ${staffId}`.execute(ctx.db);
  const serial = (made.rows[0]?.serial ?? 0) + 1;
  const token = calendarToken(vault, staffId, serial);
  await sql`
    insert into bookings.calendar (staff_id, serial, token_hash) values (${staffId}, ${serial}, ${calendarHash(token)})
    on conflict (staff_id) do update set serial = excluded.serial, token_hash = excluded.token_hash`.execute(ctx.db);
  await auditWrite(ctx, { action: "advisers.makeCalendar", subject: `staff/${staffId}` });
  return ok(token);
}

const MAKERS: ReadonlySet<string> = new Set(["owner", "manager"]);

async function whyNot(ctx: Ctx, placeId: PlaceId): Promise<BookingsError | null> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place || place.kind === "warehouse") return { code: "service.place_unknown", placeId };
  return mayActAt(ctx.actor, placeId) ? null : { code: "booking.out_of_reach", placeId };
}

async function told(ctx: Ctx, placeId: PlaceId, action: string): Promise<void> {
  await publish(ctx, ServiceChanged, `place/${placeId}`, { serviceId: null, placeId });
  await auditWrite(ctx, { action, subject: `place/${placeId}` });
}
