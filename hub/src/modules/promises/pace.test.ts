import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { placeId, variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, CROISSANT, LYON, PARIS, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { placesSnapshot } from "../places/index.ts";
import { endPace, pacesNow, setPace } from "./pace.ts";
import { promisesFor } from "./queries.ts";
import { slotsOf } from "./slots.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(CROISSANT, LYON, 100);
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.rows("delete from promises.pace");
  await hub.rows("update places.place set settings = '{}' where id = $1", [LYON]);
  hub.around.snapshots.invalidate();
});

const MINUTE_MS = 60_000;

async function set(minutes: number, waitMinutes: number | null, actor = tillActor(), placeId = LYON) {
  const said = await hub.run((ctx) => setPace(ctx, placeId, { minutes, waitMinutes }), actor);
  hub.around.snapshots.invalidate();
  return said;
}

async function lyon() {
  const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(LYON);
  if (!place) throw new Error("it is a store of the tests");
  return place;
}

/** Minutes from an instant until a cappuccino and a croissant are ready in Lyon, with the reasons. */
async function ready(at: Date): Promise<readonly (readonly [minutes: number, because: string | undefined])[]> {
  const wishes = [CAPPUCCINO, CROISSANT].map((goods) => ({ variantId: variantId(goods), placeId: LYON, quantity: 1 }));
  const promises = await promisesFor({ db: hub.db, snapshots: hub.around.snapshots }, wishes, at);
  return promises.map((promise) => [Math.round(((promise?.promiseAt?.getTime() ?? 0) - at.getTime()) / 6000) / 10, promise?.because?.kind]);
}

it("[PRM-51] a store that pauses begins nothing before its time, and as always after it, without anybody's act", async () => {
  const now = new Date();
  const usual = await ready(now);
  await set(30, null);
  const [cup, croissant] = await ready(now);
  expect(cup?.[0]).toBeCloseTo((usual[0]?.[0] ?? 0) + 30, 0);
  expect([cup?.[1], croissant?.[1]]).toEqual(["paused", "paused"]);
  const over = new Date(now.getTime() + 31 * MINUTE_MS);
  expect(await ready(over)).toEqual(usual);
  expect((await pacesNow(hub.around.snapshots, over))(await lyon())).toBeNull();
});

it("[PRM-51] everything takes so much longer; another word takes its place, and ending it is as always", async () => {
  const now = new Date();
  const usual = await ready(now);
  await set(60, 20);
  expect((await ready(now)).map(([minutes]) => minutes)).toEqual(usual.map(([minutes]) => minutes + 20));
  await set(60, 5);
  expect((await ready(now)).map(([minutes]) => minutes)).toEqual(usual.map(([minutes]) => minutes + 5));
  await hub.must((ctx) => endPace(ctx, LYON), tillActor());
  hub.around.snapshots.invalidate();
  expect(await ready(now)).toEqual(usual);
});

it("[PRM-51] no slot begins while the store pauses, and a till goes on selling", async () => {
  await hub.rows(`update places.place set settings = '{"slotMinutes": 10, "slotLeadMinutes": 0}' where id = $1`, [LYON]);
  await set(60, null);
  const ctx = { db: hub.db, snapshots: hub.around.snapshots, now: new Date() };
  const [first] = (await slotsOf(ctx, LYON))?.items ?? [];
  expect(first).toMatchObject({ left: 0, because: { kind: "slot_too_soon" } });
  const sold = await hub.sell(await hub.cart([[CAPPUCCINO, 1]], { actor: tillActor() }), [{ kind: "cash", received: 10_000 }]);
  expect(sold).toMatchObject({ ok: true });
});

it("[PRM-51] is said by who works there, and by nobody else; two who say it at once leave one word", async () => {
  expect(await set(30, null, tillActor(PARIS))).toMatchObject({ ok: false, error: { code: "pace.other_place" } });
  expect(await set(30, null, tillActor(), placeId(9))).toMatchObject({
    ok: false,
    error: { code: "pace.unknown_store" },
  });
  await hub.published();
  await Promise.all([set(30, null), set(60, 10)]);
  expect(await hub.rows("select 1 from promises.pace where place_id = $1", [LYON])).toHaveLength(1);
  expect((await hub.published()).filter(({ type }) => type === "promise.pace_changed.v1")).toHaveLength(2);
});
