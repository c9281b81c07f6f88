import { asId, ok, type FulfillmentId, type LineId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, CROISSANT, LYON, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { learnTimes, readFulfillment, setPrepared } from "../../modules/fulfillment/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { promisesFor } from "../../modules/promises/index.ts";
import { queuePerformance } from "./read.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(CROISSANT, LYON, 1000);
  await hub.rows(`update places.place set settings = '{"stations": "Bar; Kitchen: breakfast"}' where id = $1`, [LYON]);
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());

async function lyon() {
  const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(LYON);
  if (!place) throw new Error("it is a store of the tests");
  return place;
}

/** An order of one cappuccino that was placed so many seconds ago, made so long after it, and promised for a time in between or later. */
async function made(secondsAgo: number, tookSeconds: number, promisedAfter: number): Promise<void> {
  const done = await hub.complete(await hub.cart([[CAPPUCCINO, 1]]), [{ kind: "due_at_collection" }], {
    contact: { name: "Léa", email: null, phone: null },
  });
  if (done.kind !== "placed") throw new Error(JSON.stringify(done));
  const id = asId<FulfillmentId>(done.view.fulfillments[0]?.id ?? "");
  const lines = (await readFulfillment(hub, id))?.lines.map(({ order_line_id }) => asId<LineId>(order_line_id)) ?? [];
  await hub.must((ctx) => setPrepared(ctx, id, lines, true), tillActor());
  await hub.rows(
    `update fulfillment.fulfillment set placed_at = now() - make_interval(secs => $2), due_at = null, promised_at = now() - make_interval(secs => $3) where id = $1`,
    [id, secondsAgo, secondsAgo - promisedAfter],
  );
  await hub.rows("update fulfillment.prepared set at = now() - make_interval(secs => $2) where fulfillment_id = $1", [
    id,
    secondsAgo - tookSeconds,
  ]);
}

it("[QUE-3] says by station what each piece took and what came after its promise, and by product what was learned beside what is set", async () => {
  for (let n = 0; n < 10; n++) await made(3600 - n * 300, 40, n < 3 ? 30 : 120);
  const read = async () => queuePerformance({ db: hub.db, snapshots: hub.around.snapshots, now: new Date() }, await lyon(), 7);
  const performance = await read();
  expect(performance).toMatchObject({ orders: 10, lateOrders: 3 });
  expect(performance.stations).toEqual([
    { name: "Bar", lines: 10, medianSeconds: 40, slowSeconds: 40 },
    { name: "Kitchen", lines: 0, medianSeconds: null, slowSeconds: null },
  ]);
  expect(performance.products).toMatchObject([{ station: "Bar", setSeconds: 50, learnedSeconds: 40, samples: 10 }]);
  await hub.rows("update fulfillment.prepared set at = at - interval '8 days'");
  expect(await read()).toMatchObject({ orders: 0, lateOrders: 0, products: [] });
});

it("[QUE-4] promises go by what was measured where the place says so, from the next night on, and elsewhere by what is set", async () => {
  const at = new Date("2026-03-02T09:00:00Z");
  const wish = { variantId: variantId(CAPPUCCINO), placeId: LYON, quantity: 1 };
  const seconds = async (measuredTimes: string): Promise<number> => {
    await hub.rows(`update places.place set settings = settings || jsonb_build_object('measuredTimes', $2::text) where id = $1`, [
      LYON,
      measuredTimes,
    ]);
    await hub.rows("delete from promises.queue_item");
    hub.around.snapshots.invalidate();
    const [promise] = await promisesFor({ db: hub.db, snapshots: hub.around.snapshots }, [wish], at);
    return ((promise?.promiseAt?.getTime() ?? 0) - at.getTime()) / 1000 - 5 * 60;
  };
  await hub.rows("update fulfillment.fulfillment set placed_at = placed_at - interval '8 days'"); // as what was made of it, above
  expect(await seconds("used")).toBe(50);
  expect(await hub.must(async (ctx) => ok(await learnTimes(ctx, await lyon())))).toBe(1);
  expect([await seconds("used"), await seconds("shown"), await seconds("off")]).toEqual([40, 50, 50]);
  const shown = async () => queuePerformance({ db: hub.db, snapshots: hub.around.snapshots, now: new Date() }, await lyon(), 30);
  expect((await shown()).products).toEqual([]);
  await seconds("used");
  expect(await shown()).toMatchObject({ measuredTimes: "used", products: [{ setSeconds: 50, learnedSeconds: 40, samples: 10 }] });
});
