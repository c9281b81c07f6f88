import type { LocalizedText } from "@weft/contracts";
import { err, ok, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { auditWrite, mayActAt } from "../../access/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { Service, ServiceId } from "../domain/index.ts";
import type { BookingsError } from "../errors.ts";
import { ServiceChanged } from "../events.ts";
import { readService } from "../queries/services.ts";

export type ServiceFacts = Omit<Service, "id" | "version">;
type Saved = Result<Service, BookingsError>;

/**
 * A new service, given at places where the caller acts [BKG-8]. Errors: `service.code_taken`, `service.place_unknown`, `booking.out_of_reach`.
 * Publishes `booking.offer_changed.v1`.
 */
export async function createService(ctx: Ctx, facts: ServiceFacts): Promise<Saved> {
  const refusal = await whyNot(ctx, facts.placeIds);
  if (refusal) return err(refusal);
  const id = ctx.newId<ServiceId>();
  const { rows } = await sql`
    insert into bookings.service (id, code, name, description, minutes, seats, minutes_before, minutes_after, every_minutes, lead_minutes, days_ahead,
                                  cancel_minutes, reminder_minutes, skill, place_ids, is_active)
    values (${id}, ${facts.code}, ${jsonOf(facts.name)}::jsonb, ${jsonOf(facts.description)}::jsonb, ${facts.minutes}, ${facts.seats}, ${facts.minutesBefore},
            ${facts.minutesAfter}, ${facts.everyMinutes}, ${facts.leadMinutes}, ${facts.daysAhead}, ${facts.cancelMinutes}, ${facts.reminderMinutes},
            ${facts.skill}, ${[...facts.placeIds]}::uuid[], ${facts.isActive})
    on conflict (code) do nothing returning id`.execute(ctx.db);
  if (rows.length === 0) return err({ code: "service.code_taken", serviceCode: facts.code });
  return saved(ctx, id, "services.create");
}

/**
 * Changes a service, as somebody saw it last. What is booked stays as it is: a session keeps its length and its seats. Its code stays.
 * Errors as `createService`, `service.unknown`, and `service.changed` when somebody else changed it meanwhile.
 */
export async function updateService(ctx: Ctx, id: ServiceId, version: number, facts: Omit<ServiceFacts, "code">): Promise<Saved> {
  const known = await readService(ctx, id);
  if (!known) return err({ code: "service.unknown" });
  const touched = [...facts.placeIds, ...known.placeIds];
  const refusal = await whyNot(ctx, touched);
  if (refusal) return err(refusal);
  const { rows } = await sql`
    update bookings.service set name = ${jsonOf(facts.name)}::jsonb, description = ${jsonOf(facts.description)}::jsonb, minutes = ${facts.minutes}, seats = ${facts.seats},
           minutes_before = ${facts.minutesBefore}, minutes_after = ${facts.minutesAfter}, every_minutes = ${facts.everyMinutes},
           lead_minutes = ${facts.leadMinutes}, days_ahead = ${facts.daysAhead}, cancel_minutes = ${facts.cancelMinutes},
           reminder_minutes = ${facts.reminderMinutes}, skill = ${facts.skill}, place_ids = ${[...facts.placeIds]}::uuid[],
           is_active = ${facts.isActive}, version = version + 1
     where id = ${id} and version = ${version} returning id`.execute(ctx.db);
  if (rows.length === 0) return err({ code: "service.changed", version: (await readService(ctx, id))?.version ?? known.version });
  return saved(ctx, id, "services.update");
}

const jsonOf = (text: LocalizedText): string => JSON.stringify(text);

/** Services are given at stores, and set by who acts at all of them. */
async function whyNot(ctx: Ctx, placeIds: readonly PlaceId[]): Promise<BookingsError | null> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const strange = placeIds.find((id) => (places.get(id)?.kind ?? "warehouse") === "warehouse");
  if (strange) return { code: "service.place_unknown", placeId: strange };
  const beyond = placeIds.find((id) => !mayActAt(ctx.actor, id));
  return beyond ? { code: "booking.out_of_reach", placeId: beyond } : null;
}

async function saved(ctx: Ctx, id: ServiceId, action: string): Promise<Saved> {
  const service = await readService(ctx, id);
  if (!service) throw new Error("a service that was just written is there");
  await publish(ctx, ServiceChanged, `service/${id}`, { serviceId: id, placeId: null });
  await auditWrite(ctx, { action, subject: `service/${id}` });
  return ok(service);
}
