import type { PlaceId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { readWindows } from "../../places/domain/index.ts";
import { readExceptions, type Adviser } from "../domain/index.ts";

export type WrittenTimes = {
  readonly skills: readonly string[];
  /** Times of a week [PLA-9]. */
  readonly hours: string;
  /** Days with other times; none where `times` is empty. */
  readonly exceptions: readonly { readonly date: string; readonly times: string }[];
};

export type StoredAdviser = WrittenTimes & {
  readonly placeId: PlaceId;
  readonly staffId: StaffId;
  readonly name: string;
  readonly hasCalendar: boolean;
};

/** Who gives services at a place, by name. A member of staff who is suspended gives none. */
export async function readAdvisers(ctx: Pick<ReadCtx, "db">, placeId: PlaceId): Promise<StoredAdviser[]> {
  const { rows } = await sql<StoredAdviser>`
    select a.place_id as "placeId", a.staff_id as "staffId", a.skills, a.hours, a.exceptions, m.name,
           exists (select from bookings.calendar c where c.staff_id = a.staff_id) as "hasCalendar"
      from bookings.adviser a join access.read_staff_name m on m.id = a.staff_id and m.is_active
     where a.place_id = ${placeId} order by m.name, a.staff_id`.execute(ctx.db);
  return rows;
}

/** The same as the rule of openings reads it. What is stored was read once before it was kept. */
export function toAdviser({ staffId, skills, hours, exceptions }: StoredAdviser): Adviser {
  return { staffId, skills, hours: readWindows(hours) ?? [], exceptions: readExceptions(exceptions) ?? new Map() };
}
