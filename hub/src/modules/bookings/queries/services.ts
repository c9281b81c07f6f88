import type { PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { Service, ServiceId } from "../domain/index.ts";

const COLUMNS = sql`
  s.id, s.code, s.name, s.description, s.minutes, s.seats, s.minutes_before as "minutesBefore", s.minutes_after as "minutesAfter",
  s.every_minutes as "everyMinutes", s.lead_minutes as "leadMinutes", s.days_ahead as "daysAhead", s.cancel_minutes as "cancelMinutes",
  s.reminder_minutes as "reminderMinutes", s.skill, s.place_ids as "placeIds", s.is_active as "isActive", s.version`;

type Wanted = { readonly placeId: PlaceId | null; readonly withEnded: boolean };

/** The services of a store, or of all, by their code. Those that are given no more are for staff alone. */
export async function readServices(ctx: Pick<ReadCtx, "db">, { placeId, withEnded }: Wanted): Promise<Service[]> {
  const { rows } = await sql<Service>`
    select ${COLUMNS} from bookings.service s
     where (s.is_active or ${withEnded}) and (${placeId}::uuid is null or ${placeId}::uuid = any (s.place_ids)) order by s.code`.execute(
    ctx.db,
  );
  return rows;
}

export async function readService(ctx: Pick<ReadCtx, "db">, id: ServiceId): Promise<Service | undefined> {
  const { rows } = await sql<Service>`select ${COLUMNS} from bookings.service s where s.id = ${id}`.execute(ctx.db);
  return rows[0];
}
