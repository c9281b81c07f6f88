import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ok } from "@weft/kernel";
import { variantId } from "../../../test/goods-hub.ts";
import { CROISSANT, LYON, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import { loseLeases, renewLease } from "./lease.ts";
import { pacesNow } from "./pace.ts";
import { promisesFor } from "./queries.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(CROISSANT, LYON, 100);
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.rows("delete from promises.lease");
  await horizon(90);
  await hub.published();
});

async function horizon(minutes: number): Promise<void> {
  await hub.rows(`update places.place set settings = jsonb_build_object('leaseHorizonMinutes', $2::integer) where id = $1`, [
    LYON,
    minutes,
  ]);
  hub.around.snapshots.invalidate();
}

async function sign(): Promise<void> {
  await hub.must(async (ctx) => ok(await renewLease(ctx, LYON)), tillActor());
  hub.around.snapshots.invalidate();
}

/** Half a minute without a sign. */
async function silence(): Promise<readonly string[]> {
  await hub.rows("update promises.lease set valid_until = now() - interval '1 second'");
  const lost = await hub.must(async (ctx) => ok(await loseLeases(ctx)));
  hub.around.snapshots.invalidate();
  return lost;
}

async function lyon(): Promise<Place> {
  const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(LYON);
  if (!place) throw new Error("it is a store of the tests");
  return place;
}

async function ready() {
  const now = new Date();
  const wish = { variantId: variantId(CROISSANT), placeId: LYON, quantity: 1 };
  const [promise] = await promisesFor({ db: hub.db, snapshots: hub.around.snapshots }, [wish], now);
  const minutes = Math.round(((promise?.promiseAt?.getTime() ?? 0) - now.getTime()) / 60_000);
  const pace = (await pacesNow(hub.around.snapshots, now))(await lyon());
  return { minutes, method: promise?.method, because: promise?.because?.kind, isAway: pace?.isAway ?? false };
}

it("[PRM-71] a store that is not heard takes orders beyond its horizon only, and says so; one sign of a device and it is as always", async () => {
  expect(await ready()).toMatchObject({ minutes: 95, method: "collect", because: "store_away", isAway: true });
  await sign();
  expect(await ready()).toEqual({ minutes: 5, method: "take_away", because: undefined, isAway: false });
  expect(await silence()).toEqual([LYON]);
  expect(await ready()).toMatchObject({ minutes: 95, because: "store_away", isAway: true });
  expect(await silence()).toEqual([]);
});

it("[PRM-71] a store without that setting needs no sign", async () => {
  await horizon(0);
  expect(await ready()).toEqual({ minutes: 5, method: "take_away", because: undefined, isAway: false });
});

it("[PRM-71] is told when a store is lost and when it comes back, once each, however many devices give signs", async () => {
  const told = async () => (await hub.published()).filter(({ type }) => type === "promise.pace_changed.v1").length;
  await Promise.all(Array.from({ length: 8 }, sign));
  await sign();
  expect(await told()).toBe(1);
  await hub.rows("update promises.lease set valid_until = now() - interval '1 second'");
  await Promise.all(Array.from({ length: 4 }, () => hub.run(async (ctx) => ok(await loseLeases(ctx)))));
  expect(await told()).toBe(1);
});

it("[PRM-72] a lease that is lost between cart and completion is another offer and never a dead order; a till goes on selling", async () => {
  await sign();
  const cart = await hub.cart([[CROISSANT, 1]]);
  await silence();
  const tenders = [{ kind: "card", token: "inline" }] as const;
  const at = (dueAt: Date | null, kind: "take_away" | "collect") =>
    hub.complete(cart, tenders, { fulfillment: { kind, placeId: null, dining: "take_away", dueAt } });
  const away = { kind: "refused", error: { code: "cart.requirements_unmet", requirements: [{ code: "promise.store_away" }] } };
  expect(await at(null, "take_away")).toMatchObject(away);
  expect(await at(new Date(Date.now() + 30 * 60_000), "collect")).toMatchObject(away);
  const placed = await at(new Date(Date.now() + 100 * 60_000), "collect");
  expect(placed.kind).toBe("placed");
  const sold = await hub.sell(await hub.cart([[CROISSANT, 1]], { actor: tillActor() }), [{ kind: "cash", received: 10_000 }]);
  expect(sold).toMatchObject({ ok: true });
  expect(await hub.broken()).toEqual([]);
});
