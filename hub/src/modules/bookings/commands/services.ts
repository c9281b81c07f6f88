import type { LocalizedText } from "@weft/contracts";
import { err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { auditWrite, mayActAt } from "../../access/index.ts";
import { catalogWith } from "../../catalog/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { Service, ServiceId } from "../domain/index.ts";
import type { BookingsError } from "../errors.ts";
import { ServiceChanged } from "../events.ts";
import { readService } from "../queries/services.ts";

export type ServiceFacts = Omit<Service, "id" | "version" | "variantId"> & {
  /** What the catalog sells it as; null: it costs nothing. */
  readonly sku: string | null;
};
type Saved = Result<Service, BookingsError>;

/**
 * A new service, given at places where the caller acts [BKG-8]. Errors: `service.code_taken`, `service.place_unknown`, `service.goods_unknown`,
 * `service.goods_taken`, `booking.out_of_reach`.
 * Publishes `booking.offer_changed.v1`.
 */
export async function createService(ctx: Ctx, facts: ServiceFacts): Promise<Saved> {
  const refusal = await whyNot(ctx, facts.placeIds);
  if (refusal) return err(refusal);
  const sold = await variantFor(ctx, facts.sku, null);
  if (!sold.ok) return sold;
  const id = ctx.newId<ServiceId>();
  const { rows } = await sql`
    insert into bookings.service (id, code, name, description, minutes, seats, minutes_before, minutes_after, every_minutes, lead_minutes, days_ahead,
                                  cancel_minutes, reminder_minutes, skill, place_ids, variant_id, is_active)
    values (${id}, ${facts.code}, ${jsonOf(facts.name)}::jsonb, ${jsonOf(facts.description)}::jsonb, ${facts.minutes}, ${facts.seats}, ${facts.minutesBefore},
            ${facts.minutesAfter}, ${facts.everyMinutes}, ${facts.leadMinutes}, ${facts.daysAhead}, ${facts.cancelMinutes}, ${facts.reminderMinutes},
            ${facts.skill}, ${[...facts.placeIds]}::uuid[], ${sold.value}, ${facts.isActive})
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
  const sold = await variantFor(ctx, facts.sku, id);
  if (!sold.ok) return sold;
  const { rows } = await sql`
    update bookings.service set name = ${jsonOf(facts.name)}::jsonb, description = ${jsonOf(facts.description)}::jsonb, minutes = ${facts.minutes}, seats = ${facts.seats},
           minutes_before = ${facts.minutesBefore}, minutes_after = ${facts.minutesAfter}, every_minutes = ${facts.everyMinutes},
           lead_minutes = ${facts.leadMinutes}, days_ahead = ${facts.daysAhead}, cancel_minutes = ${facts.cancelMinutes},
           reminder_minutes = ${facts.reminderMinutes}, skill = ${facts.skill}, place_ids = ${[...facts.placeIds]}::uuid[], variant_id = ${sold.value},
           is_active = ${facts.isActive}, version = version + 1
     where id = ${id} and version = ${version} returning id`.execute(ctx.db);
  if (rows.length === 0) return err({ code: "service.changed", version: (await readService(ctx, id))?.version ?? known.version });
  return saved(ctx, id, "services.update");
}

/** The variant of a SKU: of a service of the catalog [CAT-24], that no other service is sold as. */
async function variantFor(ctx: Ctx, sku: string | null, own: ServiceId | null): Promise<Result<VariantId | null, BookingsError>> {
  if (sku === null) return ok(null);
  const found = (await catalogWith(ctx, [sku])).bySku(sku);
  if (found?.kind !== "service") return err({ code: "service.goods_unknown", sku });
  const { rows } = await sql`
    select 1 from bookings.service where variant_id = ${found.variantId} and id is distinct from ${own}::uuid`.execute(ctx.db);
  return rows.length > 0 ? err({ code: "service.goods_taken", sku }) : ok(found.variantId);
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
