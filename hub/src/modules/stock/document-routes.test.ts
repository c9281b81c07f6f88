import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BERLIN, DEPOT, GIRONA, LYON, MANAGER, OWNER, cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { testId } from "../../../test/goods-hub.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.stock(50, DEPOT, 100);
  await cafe.stock(51, LYON, 4);
});
afterAll(() => cafe.close());

let keys = 0;
const post = async (url: string, body: object, actor = OWNER, key = `document-${++keys}`) => {
  const answer = await cafe.send("POST", `/v1/stock/${url}`, body, actor, { "idempotency-key": key });
  return { status: answer.statusCode, ...answer.json() };
};
const stockOf = async (placeId: string, sku: string) =>
  (await cafe.get(`/v1/stock?placeId=${placeId}&query=${sku}`, OWNER)).json().items[0] as {
    onHand: number;
    incoming: number;
    lowAt: number;
  };
const listed = async (query: string, actor = OWNER) => (await cafe.get(`/v1/stock/documents?${query}`, actor)).json().items;

describe("a transfer", () => {
  const wish = { fromPlaceId: DEPOT, placeId: LYON, lines: [{ sku: "BEA-250", quantity: 6 }] };

  it("[STK-11] is sent by who reaches its sender, seen on its way by who reaches its receiver, and received there", async () => {
    expect(await post("transfers", wish, MANAGER)).toMatchObject({ status: 403, code: "stock.out_of_reach" });
    const sent = await post("transfers", wish);
    expect(sent).toMatchObject({ status: 201, state: "in_transit", fromPlaceName: "Depot", placeName: "Lyon", createdBy: "Olga Owner" });
    expect(await listed("open=true&kind=transfer", MANAGER)).toMatchObject([{ id: sent.id, units: 6, difference: null }]);
    const arrival = { lines: [{ sku: "BEA-250", quantity: 5 }] };
    expect(await post(`transfers/${sent.id}/arrival`, arrival, MANAGER)).toMatchObject({
      status: 200,
      state: "done",
      doneBy: "Anna Keller",
      lines: [{ sku: "BEA-250", quantity: 6, received: 5 }],
    });
    expect([await stockOf(DEPOT, "BEA-250"), await stockOf(LYON, "BEA-250")]).toMatchObject([{ onHand: 94 }, { onHand: 5, incoming: 0 }]);
    expect(await listed("kind=transfer")).toMatchObject([{ difference: -1, state: "done" }]);
    expect(await post(`transfers/${sent.id}/arrival`, arrival, MANAGER)).toMatchObject({ status: 409, code: "stock.document_ended" });
  });

  it("sent again with its key is one transfer; on its way it is incoming, and only its sender takes it back", async () => {
    const twice = [await post("transfers", wish, OWNER, "the-van-of-monday"), await post("transfers", wish, OWNER, "the-van-of-monday")];
    expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
    expect(await stockOf(LYON, "BEA-250")).toMatchObject({ onHand: 5, incoming: 6 });
    const back = `documents/${twice[0]?.id}/withdrawal`;
    expect(await post(back, {}, MANAGER)).toMatchObject({ status: 403, code: "stock.out_of_reach" });
    expect(await post(back, {})).toMatchObject({ status: 200, state: "discarded" });
    expect(await stockOf(DEPOT, "BEA-250")).toMatchObject({ onHand: 94 });
  });

  it("[STK-10] of more than is free is refused with what could go", async () => {
    const all = { ...wish, lines: [{ sku: "BEA-250", quantity: 95 }] };
    expect(await post("transfers", all)).toMatchObject({ status: 409, code: "stock.short_to_send", requested: 95, available: 94 });
  });

  it("of other stores is not there for a manager", async () => {
    const { id } = await post("transfers", { ...wish, placeId: BERLIN });
    expect((await cafe.get(`/v1/stock/documents/${id}`, MANAGER)).statusCode).toBe(404);
    expect(await post(`transfers/${id}/arrival`, { lines: [] }, MANAGER)).toMatchObject({ status: 404, code: "stock.document_unknown" });
  });
});

describe("a delivery and waste", () => {
  it("are booked with their lines, whoever brought it and why", async () => {
    const delivery = { placeId: GIRONA, partner: "Mill & Sons", lines: [{ sku: "BEA-1K", quantity: 3 }] };
    expect(await post("deliveries", delivery)).toMatchObject({ status: 201, kind: "delivery", state: "done", partner: "Mill & Sons" });
    const waste = { placeId: GIRONA, reason: "broken", lines: [{ sku: "BEA-1K", quantity: 1 }] };
    expect(await post("waste", waste)).toMatchObject({ status: 201, kind: "waste", reason: "broken" });
    expect(await stockOf(GIRONA, "BEA-1K")).toMatchObject({ onHand: 2 });
  });

  it.each([
    [{ lines: [{ sku: "NONE", quantity: 1 }] }, 404, "stock.sku_unknown"],
    [{ lines: [{ sku: "SKU-1", quantity: 1 }] }, 422, "stock.not_tracked"],
    [{ placeId: testId("place", 99) }, 404, "stock.place_unknown"],
    [{ lines: [] }, 422, "request.invalid"],
    [{ lines: [{ sku: "BEA-1K", quantity: 0 }] }, 422, "request.invalid"],
  ])("%j is refused with %i %s", async (given, status, code) => {
    const wish = { placeId: GIRONA, lines: [{ sku: "BEA-1K", quantity: 1 }], ...given };
    expect(await post("deliveries", wish)).toMatchObject({ status, code });
  });
});

it("[STK-7] a count says what is on hand beside what was counted, and leaves a line that moved to be counted again", async () => {
  const { id } = await post("counts", { placeId: LYON, note: "evening" }, MANAGER);
  const note = (lines: object[]) => cafe.send("PUT", `/v1/stock/counts/${id}/lines`, { lines }, MANAGER);
  await note([
    { sku: "BEA-1K", quantity: 3 },
    { sku: "PAS-CRO", quantity: 7 },
  ]);
  await post("deliveries", { placeId: LYON, lines: [{ sku: "BEA-1K", quantity: 2 }] }, MANAGER);
  expect(await post(`counts/${id}/posting`, { skus: null }, MANAGER)).toMatchObject({
    state: "open",
    lines: [
      { sku: "BEA-1K", quantity: 3, startedFrom: 4, onHand: 6, booked: false },
      { sku: "PAS-CRO", quantity: 7, startedFrom: 0, onHand: 7, booked: true },
    ],
  });
  await note([{ sku: "BEA-1K", quantity: 5 }]);
  expect(await post(`counts/${id}/posting`, { skus: ["BEA-1K"] }, MANAGER)).toMatchObject({ state: "done" });
  expect(await stockOf(LYON, "BEA-1K")).toMatchObject({ onHand: 5 });
});

it("a level with a mark of its own is low by that, the others by the house's few", async () => {
  const low = async () => (await cafe.get(`/v1/stock?placeId=${LYON}&low=true`, OWNER)).json().items.map(({ sku }: { sku: string }) => sku);
  expect(await low()).toEqual([]);
  const set = { placeId: LYON, sku: "PAS-CRO", safety: 0 };
  expect((await cafe.send("PUT", "/v1/stock/safety", { ...set, lowAt: 10 })).json()).toMatchObject({ lowAt: 10 });
  expect(await low()).toEqual(["PAS-CRO"]);
  expect((await cafe.send("PUT", "/v1/stock/safety", set)).json()).toMatchObject({ lowAt: 10 });
  await cafe.send("PUT", "/v1/stock/safety", { ...set, lowAt: null });
  expect(await low()).toEqual([]);
});
