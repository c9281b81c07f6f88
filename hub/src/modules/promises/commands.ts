import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { hasTaxClass, pricingSnapshot } from "../pricing/index.ts";
import type { DeliveryMethod } from "./domain/index.ts";
import type { DeliveryError } from "./errors.ts";
import { DeliveryMethodChanged } from "./events.ts";

/**
 * Adds a way of shipping, or brings one (by id) up to date. Orders keep the name and the price that they were placed with. The currency is
 * that of its legal entity. Errors: `delivery.entity_unknown`, `delivery.tax_class_unknown`. Publishes `delivery_method.changed.v1`.
 */
export async function saveDeliveryMethod(ctx: Ctx, method: Omit<DeliveryMethod, "currency">): Promise<Result<null, DeliveryError>> {
  const { id, entityId, name, price, taxClass, freeFrom, countries, leadDays, position, isActive } = method;
  const entity = (await ctx.snapshots.current(placesSnapshot)).entities.get(entityId);
  if (!entity) return err({ code: "delivery.entity_unknown", entityId });
  // A charge whose tax nobody knows could never be completed.
  if (!hasTaxClass(await ctx.snapshots.current(pricingSnapshot), taxClass)) return err({ code: "delivery.tax_class_unknown", taxClass });
  await sql`
    insert into promises.delivery_method (id, entity_id, name, price, currency, tax_class, free_from, countries, lead_days, position, is_active)
    values (${id}, ${entityId}, ${JSON.stringify(name)}::jsonb, ${price}, ${entity.currency}, ${taxClass}, ${freeFrom},
      ${[...new Set(countries)]}::text[], ${leadDays}, ${position}, ${isActive})
    on conflict (id) do update set name = excluded.name, price = excluded.price, tax_class = excluded.tax_class, free_from = excluded.free_from,
      countries = excluded.countries, lead_days = excluded.lead_days, position = excluded.position, is_active = excluded.is_active`.execute(
    ctx.db,
  );
  await publish(ctx, DeliveryMethodChanged, `delivery_method/${id}`, { methodId: id, entityId });
  return ok(null);
}
