import { asId, ok, type FulfillmentId, type HubEvent, type PlaceId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, CROISSANT, LYON, PARIS, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { advance } from "../fulfillment/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { promisesFor, promisesSubscribers, promisingNow } from "../promises/index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(CROISSANT, LYON, 1000);
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.rows("delete from promises.queue_item");
  await hub.rows("delete from platform.outbox");
  await hub.rows("update places.place set settings = '{}' where id = $1", [LYON]);
  hub.around.snapshots.invalidate();
});

/** What the hub does within a second: the facts since the last time reach the queue, and what is in memory is read anew. */
async function tell(): Promise<void> {
  const facts = await hub.rows<Pick<HubEvent, "id" | "type" | "subject" | "data">>(
    "select id, type, subject, data from platform.outbox where type in ('order.placed.v1', 'fulfillment.changed.v1') order by id",
  );
  const time = new Date().toISOString();
  const events = facts.map((fact, index): HubEvent => ({ ...fact, source: "hub", time, position: index }));
  await hub.must(async (ctx) => {
    for (const { handleSet } of promisesSubscribers) await handleSet?.(ctx, events);
    return ok(null);
  });
  hub.around.snapshots.invalidate();
}

async function ordered(lines: Parameters<SaleHub["cart"]>[0], dueAt: Date | null = null): Promise<FulfillmentId> {
  const done = await hub.complete(await hub.cart(lines), [{ kind: "due_at_collection" }], {
    fulfillment: { kind: "collect", placeId: LYON, dining: "take_away", dueAt },
  });
  if (done.kind !== "placed") throw new Error(JSON.stringify(done));
  return asId<FulfillmentId>(done.view.fulfillments[0]?.id ?? "");
}

/** Seconds of the work that waits at a place. */
async function queueAt(placeId: PlaceId = LYON): Promise<number> {
  const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place) throw new Error("no place");
  return (await promisingNow(hub.around.snapshots, place, new Date())).queueSeconds ?? 0;
}

it("[PRM-31] what is made comes behind what was ordered before, here and nowhere else, until that is ready", async () => {
  const id = await ordered([[CAPPUCCINO, 4]]);
  await tell();
  expect([await queueAt(), await queueAt(PARIS)]).toEqual([200, 0]);
  await hub.must((ctx) => advance(ctx, id, "prepare"), tillActor());
  await tell();
  expect(await queueAt()).toBe(200);
  await hub.must((ctx) => advance(ctx, id, "ready"), tillActor());
  await tell();
  expect(await queueAt()).toBe(0);
});

it("[PRM-31] facts that come twice count once, and what was ready before anybody looked counts for nothing", async () => {
  await ordered([[CAPPUCCINO, 2]]);
  await tell();
  await tell();
  expect(await queueAt()).toBe(100);
  const id = await ordered([[CAPPUCCINO, 1]]);
  await hub.must((ctx) => advance(ctx, id, "ready"), tillActor());
  await tell();
  expect(await queueAt()).toBe(100);
});

it("[PRM-31] goods from the shelf, and orders for later, are no work of now", async () => {
  await ordered([[CROISSANT, 5]]);
  await ordered([[CAPPUCCINO, 5]], new Date(Date.now() + 24 * 3_600_000));
  await tell();
  expect(await queueAt()).toBe(0);
});

it("[PRM-31] more hands at a place share its queue, and an hour later nothing of it counts", async () => {
  await ordered([[CAPPUCCINO, 6]]);
  await tell();
  await hub.rows(`update places.place set settings = '{"queueHands": 3}' where id = $1`, [LYON]);
  hub.around.snapshots.invalidate();
  expect(await queueAt()).toBe(100);
  await hub.rows("update promises.queue_item set since = since - interval '61 minutes'");
  hub.around.snapshots.invalidate();
  expect(await queueAt()).toBe(0);
});

it("[PRM-31] availability and the order promise the same, later by the queue; a croissant waits for none of it", async () => {
  const at = new Date("2026-03-02T09:00:00Z");
  const wishes = [CAPPUCCINO, CROISSANT].map((goods) => ({ variantId: variantId(goods), placeId: LYON, quantity: 1 }));
  const seconds = async () =>
    (await promisesFor({ db: hub.db, snapshots: hub.around.snapshots }, wishes, at)).map(
      (promise) => ((promise?.promiseAt?.getTime() ?? 0) - at.getTime()) / 1000,
    );
  const before = await seconds();
  await ordered([[CAPPUCCINO, 4]]);
  await tell();
  const [cup = 0, croissant = 0] = await seconds();
  expect([cup - (before[0] ?? 0), croissant - (before[1] ?? 0)]).toEqual([200, 0]);
});
