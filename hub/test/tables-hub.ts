import type { DeviceId } from "@weft/kernel";
import type { Actor } from "../src/platform/index.ts";
import { testId } from "./goods-hub.ts";
import { CROISSANT, LYON, tillActor, type SaleHub } from "./sale-hub.ts";

/** Nobody sits at a table of Lyon, and its stations have made what was sent before. */
export async function clearTables(hub: SaleHub): Promise<void> {
  await hub.stock(CROISSANT, LYON, 1000);
  await hub.rows("update fulfillment.fulfillment set placed_at = placed_at - interval '3 hours', done_at = done_at - interval '3 hours'");
  await hub.rows("update fulfillment.round set sent_at = sent_at - interval '6 hours'");
  await hub.rows("delete from till.tab");
}

/** Another till of the same store. */
export function otherTill(n = 2): Actor {
  const till = tillActor();
  return { ...till, credential: `till ${n}`, staff: null, device: till.device && { ...till.device, id: testId<DeviceId>("device", n) } };
}
