import { defineSnapshot, type Db } from "../../platform/index.ts";
import type { DeliveryMethod } from "./domain/index.ts";
import { DeliveryMethodChanged } from "./events.ts";

/** Every way of shipping, the ended ones too: a cart may still hold one, and is told that it is over. */
export const deliverySnapshot = defineSnapshot<readonly DeliveryMethod[]>({
  name: "promises.delivery_methods",
  load: loadDeliveryMethods,
  invalidatedBy: [DeliveryMethodChanged],
});

export async function loadDeliveryMethods(db: Db): Promise<readonly DeliveryMethod[]> {
  const rows = await db
    .selectFrom("promises.delivery_method")
    .select(["id", "entity_id as entityId", "name", "price", "currency", "tax_class as taxClass", "free_from as freeFrom", "countries"])
    .select(["lead_days as leadDays", "position", "is_active as isActive"])
    .orderBy("position")
    .orderBy("id")
    .execute();
  // The brands of ids and the shape of jsonb exist only in types: the commands wrote them from values of these very types.
  return rows as unknown as DeliveryMethod[]; // see above
}
