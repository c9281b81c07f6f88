import type { FulfillmentId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LYON, MUG } from "../../../test/sale-hub.ts";
import { DEPOT, shipHub, type ShipHub } from "../../../test/ship-hub.ts";
import { advance, dispatch } from "../../modules/fulfillment/index.ts";
import { placesInScope, type Scope } from "../../modules/places/index.ts";
import { dbOn, type ReadCtx } from "../../platform/index.ts";
import { readWork } from "./work.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 60_000);
afterAll(() => hub.close());

const at = (now: Date): ReadCtx => ({ ...hub.around, db: dbOn(hub.pool), now, actor: hub.packer() });
async function depot(): Promise<Scope> {
  const found = await placesInScope(at(new Date()), { placeId: DEPOT });
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}
const shipBy = async (id: FulfillmentId): Promise<Date> => {
  const [row] = await hub.rows<{ ship_by: Date }>("select ship_by from fulfillment.read_shipment where id = $1", [id]);
  if (!row) throw new Error("nothing is shipped");
  return row.ship_by;
};

it("[TDY-2] a parcel is to be sent on its day, late after its time, and nobody's work any more once a carrier has it", async () => {
  await hub.stock(MUG, DEPOT, 5);
  await hub.stock(MUG, LYON, 5); // where the visitor fills the cart
  const { id } = await hub.ordered([[MUG, 1]]);
  const leaves = await shipBy(id);
  const parcelsAt = async (minutes: number) => (await readWork(at(new Date(leaves.getTime() + minutes * 60_000)), await depot())).parcels;
  expect(await parcelsAt(-1)).toEqual({ toSend: 1, late: 0, nextShipBy: leaves.toISOString() });
  expect(await parcelsAt(1)).toMatchObject({ toSend: 1, late: 1 });
  expect(await parcelsAt(-3 * 24 * 60)).toEqual({ toSend: 0, late: 0, nextShipBy: null });
  await hub.must((ctx) => advance(ctx, id, "pack"), hub.packer());
  expect(await parcelsAt(-1)).toMatchObject({ toSend: 1 });
  const sent = { carrier: "Colis Test", trackingNumber: "CT-1", trackingUrl: null };
  await hub.must((ctx) => dispatch(ctx, id, [sent]), hub.packer());
  expect(await parcelsAt(-1)).toMatchObject({ toSend: 0 });
});
