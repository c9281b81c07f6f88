import type { PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { catalogSnapshot, fullName } from "../../catalog/index.ts";
import type { Service, ServiceId } from "../domain/index.ts";

const COLUMNS = sql`
  s.id, s.code, s.name, s.description, s.minutes, s.seats, s.minutes_before as "minutesBefore", s.minutes_after as "minutesAfter",
  s.every_minutes as "everyMinutes", s.lead_minutes as "leadMinutes", s.days_ahead as "daysAhead", s.cancel_minutes as "cancelMinutes",
  s.reminder_minutes as "reminderMinutes", s.skill, s.place_ids as "placeIds", s.variant_id as "variantId", s.is_active as "isActive", s.version`;

type Reader = Pick<ReadCtx, "db" | "snapshots">;
type Wanted = { readonly placeId: PlaceId | null; readonly withEnded: boolean };

/** The services of a store, or of all, by their code. Those that are given no more are for staff alone. */
export async function readServices(ctx: Reader, { placeId, withEnded }: Wanted): Promise<Service[]> {
  const { rows } = await sql<Service>`
    select ${COLUMNS} from bookings.service s
     where (s.is_active or ${withEnded}) and (${placeId}::uuid is null or ${placeId}::uuid = any (s.place_ids)) order by s.code`.execute(
    ctx.db,
  );
  return Promise.all(rows.map((service) => asSold(ctx, service)));
}

export async function readService(ctx: Reader, id: ServiceId): Promise<Service | undefined> {
  const { rows } = await sql<Service>`select ${COLUMNS} from bookings.service s where s.id = ${id}`.execute(ctx.db);
  return rows[0] && asSold(ctx, rows[0]);
}

/** The words of what is sold are those of the catalog, as it has them now. */
async function asSold(ctx: Reader, service: Service): Promise<Service> {
  const sold = await soldAs(ctx, service.variantId);
  return sold ? { ...service, name: sold.name, description: sold.description } : service;
}

/** The product that a service is sold as. */
export async function soldAs(ctx: Pick<ReadCtx, "snapshots">, variantId: VariantId | null) {
  const found = variantId === null ? undefined : (await ctx.snapshots.current(catalogSnapshot)).variantOf(variantId);
  return found && { ...found, name: fullName(found.product.name, found.variant.name), description: found.product.description };
}
