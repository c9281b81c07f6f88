import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BERLIN, DEPOT, GIRONA, LYON, MANAGER, OWNER, cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { productId, testId, variantId } from "../../../test/goods-hub.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.stock(3, LYON, 4);
  await cafe.stock(3, BERLIN, 40);
  await cafe.stock(50, DEPOT, 100);
  await cafe.stock(51, LYON, 2);
});
afterAll(() => cafe.close());

let keys = 0;
const move = (body: object, actor = OWNER) =>
  cafe.send("POST", "/v1/stock/movements", body, actor, { "idempotency-key": `movement-${++keys}` });
const levels = async (query: string, actor = OWNER) =>
  ((await cafe.get(`/v1/stock?${query}`, actor)).json().items as { sku: string; placeName: string; available: number }[]).map(
    ({ sku, placeName, available }) => [sku, placeName, available],
  );

describe("levels", () => {
  it("come by the menu and place, with names, in pages", async () => {
    expect(await levels("")).toEqual([
      ["PAS-CRO", "Lyon", 4],
      ["PAS-CRO", "Berlin", 40],
      ["BEA-250", "Depot", 100],
      ["BEA-1K", "Lyon", 2],
    ]);
    const first = (await cafe.get("/v1/stock?limit=1", OWNER)).json();
    expect(await levels(`limit=3&cursor=${first.nextCursor}`)).toEqual([
      ["PAS-CRO", "Berlin", 40],
      ["BEA-250", "Depot", 100],
      ["BEA-1K", "Lyon", 2],
    ]);
  });

  it("of a place, of a name or SKU in any language, or only those that run out", async () => {
    expect(await levels(`placeId=${LYON}`)).toEqual([
      ["PAS-CRO", "Lyon", 4],
      ["BEA-1K", "Lyon", 2],
    ]);
    expect(await levels("query=HAUSBOHNEN")).toEqual([
      ["BEA-250", "Depot", 100],
      ["BEA-1K", "Lyon", 2],
    ]);
    expect(await levels("query=bea 1k")).toEqual([["BEA-1K", "Lyon", 2]]);
    expect(await levels("low=true")).toEqual([["BEA-1K", "Lyon", 2]]);
  });

  it("are those of the places that a manager reaches", async () => {
    expect(await levels("", MANAGER)).toEqual([
      ["PAS-CRO", "Lyon", 4],
      ["BEA-1K", "Lyon", 2],
    ]);
    expect((await cafe.get(`/v1/stock?placeId=${BERLIN}`, MANAGER)).json()).toMatchObject({ status: 403, code: "stock.out_of_reach" });
  });
});

describe("movements", () => {
  const entry = { placeId: GIRONA, sku: "SKU-6", reason: "delivery 17" };

  it("are booked with who and why, and listed newest first", async () => {
    const receipt = await move({ ...entry, kind: "receipt", quantity: 12 });
    expect([receipt.statusCode, receipt.json()]).toEqual([
      201,
      expect.objectContaining({ sku: "SKU-6", placeName: "Girona", onHand: 12, available: 12 }),
    ]);
    await move({ ...entry, kind: "waste", quantity: 2, reason: "fell down" });
    await move({ ...entry, kind: "correction", quantity: -1, reason: "miscounted" });
    const listed = (await cafe.get(`/v1/stock/movements?placeId=${GIRONA}&variantId=${variantId(6)}`, OWNER)).json();
    expect(
      listed.items.map(({ kind, quantity, actorName, reason }: Record<string, unknown>) => [kind, quantity, actorName, reason]),
    ).toEqual([
      ["correction", -1, "Olga Owner", "miscounted"],
      ["waste", -2, "Olga Owner", "fell down"],
      ["receipt", 12, "Olga Owner", "delivery 17"],
    ]);
    const page = (await cafe.get(`/v1/stock/movements?placeId=${GIRONA}&limit=2`, OWNER)).json();
    expect((await cafe.get(`/v1/stock/movements?placeId=${GIRONA}&limit=2&cursor=${page.nextCursor}`, OWNER)).json()).toMatchObject({
      items: [{ quantity: 12 }],
      nextCursor: null,
    });
  });

  it("sent again with their key are booked once", async () => {
    const headers = { "idempotency-key": "delivery-of-monday" };
    const send = () =>
      cafe.send("POST", "/v1/stock/movements", { ...entry, placeId: BERLIN, kind: "receipt", quantity: 3 }, OWNER, headers);
    const answers = [(await send()).json(), (await send()).json()];
    expect(answers.map(({ onHand }) => onHand)).toEqual([3, 3]);
    expect((await cafe.send("POST", "/v1/stock/movements", { ...entry, kind: "receipt", quantity: 3 })).json()).toMatchObject({
      code: "idempotency.key_missing",
    });
  });

  it("[STK-7] a count that is outdated is told the present figure", async () => {
    const count = { placeId: LYON, sku: "PAS-CRO", kind: "count", counted: 3, reason: "evening count" };
    expect((await move({ ...count, changeFromQuantity: 9 })).json()).toMatchObject({
      status: 409,
      code: "stock.count_outdated",
      startedFrom: 9,
      onHand: 4,
    });
    expect((await move({ ...count, changeFromQuantity: 4 })).json()).toMatchObject({ onHand: 3 });
  });

  it.each([
    [{ sku: "NONE" }, 404, "stock.sku_unknown"],
    [{ sku: "SKU-1" }, 422, "stock.not_tracked"],
    [{ placeId: productId(1) }, 404, "stock.place_unknown"],
    [{ quantity: 0 }, 422, "stock.quantity_invalid"],
    [{ quantity: 0.5 }, 422, "request.invalid"],
  ])("%j is refused with %i %s", async (given, status, code) => {
    expect((await move({ ...entry, kind: "receipt", quantity: 1, ...given })).json()).toMatchObject({ status, code });
  });

  it("at a place out of reach are refused", async () => {
    expect((await move({ ...entry, kind: "receipt", quantity: 1 }, MANAGER)).json()).toMatchObject({
      status: 403,
      code: "stock.out_of_reach",
    });
    expect((await move({ ...entry, placeId: LYON, kind: "receipt", quantity: 1 }, MANAGER)).statusCode).toBe(201);
  });
});

it("safety stock is set where there is a level", async () => {
  const set = (placeId: string) => cafe.send("PUT", "/v1/stock/safety", { placeId, sku: "BEA-1K", safety: 5 });
  expect((await set(LYON)).json()).toMatchObject({ onHand: 2, safety: 5, available: 0 });
  expect((await set(BERLIN)).json()).toMatchObject({ status: 404, code: "stock.level_unknown" });
});

it("[STK-3] conflicts are listed while they are open, and afterwards as resolved", async () => {
  const sale = [testId("order", 1), null, [testId("line", 1)], [variantId(4)], [LYON], [2], true];
  await cafe.rows("select stock.sell_now($1, $2, $3, $4, $5, $6, $7)", sale);
  const conflicts = async (state: string) => (await cafe.get(`/v1/stock/conflicts?state=${state}`, MANAGER)).json().items;
  expect(await conflicts("open")).toMatchObject([{ sku: "SKU-4", missing: 2, causeType: "order", state: "open" }]);
  await move({ placeId: LYON, sku: "SKU-4", kind: "receipt", quantity: 2, reason: "delivery" });
  expect(await conflicts("open")).toEqual([]);
  expect(await conflicts("resolved")).toMatchObject([{ sku: "SKU-4", state: "resolved" }]);
});
