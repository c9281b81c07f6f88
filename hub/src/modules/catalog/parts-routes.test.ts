import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LYON, MANAGER, OWNER, VISITOR, cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { variantId } from "../../../test/goods-hub.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.stock(3, LYON, 7);
  await cafe.stock(4, LYON, 3);
});
afterAll(() => cafe.close());

/** The croissant (3) and what stands beside it on the shelf (4) are counted; the bag of beans (50) is to be made of them. */
const WHOLE = variantId(50);
const url = (id: string) => `/v1/variants/${id}/parts`;
const set = async (parts: readonly { sku: string; quantity: number }[], id: string = WHOLE, actor = OWNER) =>
  cafe.send("PUT", url(id), { parts }, actor);
const read = async (id: string = WHOLE) => (await cafe.get(url(id), OWNER)).json();
const available = async () =>
  (await cafe.get(`/v1/products?sku=BEA-250&storeId=${LYON}`, VISITOR)).json().items[0]?.availability.available as unknown; // as the contract says

describe("[CAT-11] what goods are made of, over HTTP", () => {
  it("is nothing until it is said, and then what was said, with names", async () => {
    expect(await read()).toEqual({ variantId: WHOLE, parts: [] });
    const answer = await set([
      { sku: "PAS-CRO", quantity: 2 },
      { sku: "SKU-4", quantity: 1 },
    ]);
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        variantId: WHOLE,
        parts: [
          { sku: "PAS-CRO", name: expect.objectContaining({ en: "Butter croissants" }), quantity: 2 },
          { sku: "SKU-4", name: expect.objectContaining({ en: expect.any(String) }), quantity: 1 },
        ],
      },
    ]);
    cafe.refresh();
    expect(await read()).toEqual(answer.json());
  });

  it("counts the whole by its parts: as many as the scarcest of them allows", async () => {
    cafe.refresh();
    expect(await available()).toBe(3);
    await set([{ sku: "PAS-CRO", quantity: 4 }]);
    cafe.refresh();
    expect(await available()).toBe(1);
  });

  it("replaces what was said before, and takes it back with an empty list", async () => {
    await set([{ sku: "PAS-CRO", quantity: 1 }]);
    expect((await set([])).json()).toEqual({ variantId: WHOLE, parts: [] });
  });

  it.each([
    ["goods that nobody knows", variantId(99), [], { status: 404, code: "catalog.variant_unknown", variant: variantId(99) }],
    [
      "a part that nobody knows",
      WHOLE,
      [{ sku: "NO-SUCH", quantity: 1 }],
      { status: 404, code: "catalog.variant_unknown", variant: "NO-SUCH" },
    ],
    ["itself", variantId(3), [{ sku: "PAS-CRO", quantity: 1 }], { code: "catalog.part_invalid", because: "itself" }],
    ["what is made to order", WHOLE, [{ sku: "SKU-1", quantity: 1 }], { code: "catalog.part_invalid", because: "not_counted" }],
    ["nothing of a part", WHOLE, [{ sku: "PAS-CRO", quantity: 0 }], { status: 422 }],
  ])("refuses %s, and says why", async (_what, id, parts, problem) => {
    expect((await set(parts, id)).json()).toMatchObject(problem);
  });

  it("refuses parts of parts, both ways round", async () => {
    await set([{ sku: "PAS-CRO", quantity: 1 }]);
    expect((await set([{ sku: "BEA-250", quantity: 1 }], variantId(4))).json()).toMatchObject({ because: "has_parts" });
    expect((await set([{ sku: "SKU-4", quantity: 1 }], variantId(3))).json()).toMatchObject({ because: "is_part" });
  });

  it("is said for the whole chain, so not by whoever works at one store", async () => {
    expect((await set([], WHOLE, MANAGER)).json()).toMatchObject({ status: 403, code: "catalog.out_of_reach" });
    expect((await cafe.get(url(WHOLE), VISITOR)).statusCode).toBeLessThan(500);
  });
});
