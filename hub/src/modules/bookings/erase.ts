import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { endBooking } from "./commands/change.ts";
import type { StoredBooking } from "./queries/bookings.ts";

/** Erasure of a person: what they have booked, with the seats that they had. */
export async function eraseBookings(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const { rows } = await sql<Pick<StoredBooking, "id" | "sessionId" | "seats">>`
    select id, session_id as "sessionId", seats from bookings.booking where record_id = any (${[...recordIds]}::uuid[]) order by id for update`.execute(
    ctx.db,
  );
  for (const booking of rows) await endBooking(ctx, booking);
  await sql`delete from bookings.booking where record_id = any (${[...recordIds]}::uuid[])`.execute(ctx.db);
}

/** What people have booked: given out on request, and compared before a merge and after its undoing. */
export async function bookingsHeldOf(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql<{ held: unknown }>`
    select coalesce(jsonb_agg(to_jsonb(b) - 'made_by' - 'session_id' || jsonb_build_object('service', s.name) order by b.id), '[]') as held
      from bookings.booking b join bookings.service s on s.id = b.service_id where b.record_id = any (${[...recordIds]}::uuid[])`.execute(
    ctx.db,
  );
  return rows[0]?.held;
}
