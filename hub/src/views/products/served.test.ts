import { wallClock, type HubEvent } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { BERLIN, LYON, cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { changePlace, placesSnapshot } from "../../modules/places/index.ts";
import { dbOn, type ReadCtx } from "../../platform/index.ts";
import { storeLive } from "./live.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
});
afterAll(() => cafe.close());
beforeEach(() => dayparts(""));

async function dayparts(text: string): Promise<void> {
  await cafe.must((ctx) => changePlace(ctx, LYON, { settings: { dayparts: text } }));
  cafe.refresh();
}

/** Times that are over, or not yet, whenever this runs. */
const notNow = (): string => (wallClock(new Date(), "Europe/Paris").minutes < 12 * 60 ? "Mo-Su 13:00-23:00" : "Mo-Su 01:00-11:00");

type Served = { readonly now: boolean; readonly changesAt: string | null };
async function servedAt(storeId: string): Promise<Record<string, Served | undefined>> {
  const { items } = (await cafe.get(`/v1/products?storeId=${storeId}&limit=50`)).json<{
    items: { name: { en: string }; availability: { served?: Served } }[];
  }>();
  return Object.fromEntries(items.map(({ name, availability }) => [name.en, availability.served]));
}

it("[CAT-22] a list says what the store sells at another time, and when that begins; other goods and other stores say nothing", async () => {
  await dayparts(`bakery: ${notNow()}`);
  const lyon = await servedAt(LYON);
  expect(lyon["Pain au chocolat"]).toEqual({ now: false, changesAt: expect.stringMatching(/T\d\d:00:00\.000Z$/) });
  expect(lyon["House beans"]).toBeUndefined();
  expect((await servedAt(BERLIN))["Pain au chocolat"]).toBeUndefined();
  await dayparts("bakery: Mo-Su 00:00-24:00");
  expect((await servedAt(LYON))["Pain au chocolat"]).toEqual({ now: true, changesAt: null });
});

it("[CAT-22] availability promises it for then, by the same rule", async () => {
  await dayparts(`bakery: ${notNow()}`);
  await cafe.stock(4, LYON, 5);
  const { places } = (await cafe.get(`/v1/availability?sku=SKU-4&storeId=${LYON}`)).json<{
    places: { method: string; promiseAt: string; because: { kind: string } }[];
  }>();
  expect(places[0]).toMatchObject({ method: "collect", because: { kind: "served_from" } });
});

it("[CAT-22] a change of it is told to every screen of that store, and to no other", async () => {
  const live = storeLive();
  const ctx: ReadCtx = { ...cafe.around, db: dbOn(cafe.pool), now: new Date() };
  await cafe.published();
  await ctx.snapshots.current(placesSnapshot); // it is in memory, and old in a moment
  await cafe.must((own) => changePlace(own, LYON, { settings: { dayparts: `bakery: ${notNow()}` } }));
  const fact = (await cafe.published()).find(({ type }) => type === "place.changed.v1");
  const event: HubEvent = {
    ...fact,
    type: fact?.type ?? "",
    subject: "",
    data: fact?.data ?? {},
    id: "",
    source: "",
    time: "",
    position: 7,
  };
  const affected = live.affectedBy.find(({ type }) => type === event.type);
  expect(await affected?.subject(event, ctx)).toBe(`store/${LYON}`);
  // Who asks because it was told is given what is now.
  expect((await ctx.snapshots.current(placesSnapshot)).places.get(LYON)?.settings.dayparts).toContain("bakery");
  expect(await live.present(ctx, LYON, "window")).toMatchObject({ version: 7, patch: { menu: "0 7" } });
  expect(await live.present(ctx, BERLIN, "window")).toMatchObject({ patch: { menu: "0" } });
});
