import type { PlacePromiseView } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BERLIN, GIRONA, LYON, VISITOR, WEB, cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { productId, testId, variantId } from "../../../test/goods-hub.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.stock(3, LYON, 4);
  await cafe.stock(3, GIRONA, 9);
});
afterAll(() => cafe.close());

const ask = async (query: string): Promise<PlacePromiseView[]> => (await cafe.get(`/v1/availability?${query}`)).json().places;

it("answers every store, nearest first, with units, promise and the reason when there is none", async () => {
  const places = await ask("sku=PAS-CRO&near=45.75,4.85");
  expect(places.map(({ store, available, method, because }) => [store.name, available, method, because?.kind ?? null])).toEqual([
    ["Lyon", 4, "take_away", null],
    ["Girona", 9, null, "place_closed"],
    ["Berlin", 0, null, "stock_short"],
  ]);
  const [lyon] = places;
  expect(lyon?.store.distanceMeters).toBeGreaterThan(1000);
  expect(Date.parse(lyon?.promiseAt ?? "") - Date.parse(lyon?.asOf ?? "")).toBe(5 * 60_000);
});

it("knows how many are wanted", async () => {
  expect((await ask("sku=PAS-CRO&quantity=5")).find(({ store }) => store.id === LYON)).toMatchObject({
    promiseAt: null,
    because: { kind: "stock_short", data: { available: 4, requested: 5 } },
  });
});

it("puts the chosen store first, and the others by their way from it", async () => {
  expect((await ask(`sku=PAS-CRO&storeId=${BERLIN}`)).map(({ store }) => [store.name, store.distanceMeters])).toEqual([
    ["Berlin", null],
    ["Lyon", null],
    ["Girona", null],
  ]);
  expect((await ask(`sku=PAS-CRO&storeId=${GIRONA}&limit=1`)).map(({ store }) => store.id)).toEqual([GIRONA]);
  expect((await ask(`sku=PAS-CRO&storeId=${BERLIN}&near=45.75,4.85`)).map(({ store }) => store.name)).toEqual(["Berlin", "Lyon", "Girona"]);
});

it("counts no units of what is made to order, and says where it is sold out or not sold", async () => {
  await cafe.send("PUT", `/v1/places/${LYON}/variants/${variantId(1)}/sold-out`, { soldOut: true });
  await cafe.send("POST", `/v1/places/${BERLIN}/assortment`, { remove: [productId(1)] });
  cafe.refresh();
  const byId = new Map((await ask("sku=SKU-1")).map((promise) => [promise.store.id, promise]));
  expect(byId.get(LYON)).toMatchObject({ tracked: false, available: null, because: { kind: "sold_out", data: { until: null } } });
  expect(byId.get(BERLIN)).toMatchObject({ inAssortment: false, because: { kind: "not_sold_here" } });
});

it("of a SKU that nobody made is a clear refusal", async () => {
  expect((await cafe.get("/v1/availability?sku=NONE")).json()).toMatchObject({
    status: 404,
    code: "availability.unknown_sku",
    sku: "NONE",
  });
});

it("keeps what a channel promised to whom, as it was shown", async () => {
  cafe.shown();
  const recordId = testId<RecordId>("record", 1);
  await cafe.get(`/v1/availability?sku=PAS-CRO&storeId=${LYON}&quantity=5`, { ...VISITOR, customer: { recordId, sessionId: "s" } });
  expect(cafe.shown()).toMatchObject([
    {
      recordId,
      channelId: WEB,
      placeId: LYON,
      subject: "promise/PAS-CRO",
      shown: {
        promise: {
          sku: "PAS-CRO",
          quantity: 5,
          places: [{ placeId: LYON, available: 4, promiseAt: null, because: { kind: "stock_short" } }, {}, {}],
        },
      },
    },
  ]);
});

it("[PRM-32] says on which day a store that has too few expects enough, by what is on its way there", async () => {
  const sent = await cafe.send(
    "POST",
    "/v1/stock/transfers",
    { fromPlaceId: GIRONA, placeId: BERLIN, expectedOn: "2999-01-07", lines: [{ sku: "PAS-CRO", quantity: 2 }] },
    undefined,
    { "idempotency-key": "transfer-to-berlin" },
  );
  expect([sent.statusCode, sent.json().code]).toEqual([201, undefined]);
  const berlin = async (quantity: number) =>
    (await ask(`sku=PAS-CRO&quantity=${quantity}`)).find(({ store }) => store.id === BERLIN)?.expectedOn;
  expect([await berlin(2), await berlin(3)]).toEqual(["2999-01-07", null]);
});
