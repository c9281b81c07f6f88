import type { EntityId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LYON, WEB, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testId } from "../../../test/goods-hub.ts";
import { importReturns, listReturns, returnsInvariants, type ImportedReturn, type ReturnId } from "./index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

function returned(number: number, externalId: string): ImportedReturn {
  return {
    id: testId<ReturnId>("return", number),
    externalId,
    orderId: null,
    recordId: null,
    entityId: testId<EntityId>("entity", 1),
    placeId: LYON,
    channelId: WEB,
    businessDate: "2011-01-04",
    timeZone: "Europe/London",
    at: new Date("2011-01-04T10:00:00Z"),
    currency: "GBP",
    lines: [
      {
        sku: "22086",
        variantId: null,
        name: { en: "PAPER CHAIN KIT" },
        quantity: 3,
        unitPrice: {
          amount: 1,
          scale: 1,
          currency: "GBP",
          per: {
            quantity: 1,
            unit: "piece",
          },
        },
      },
      {
        sku: "22423",
        variantId: null,
        name: { en: "CAKESTAND" },
        quantity: 2,
        unitPrice: {
          amount: 1095,
          scale: 0,
          currency: "GBP",
          per: {
            quantity: 1,
            unit: "piece",
          },
        },
      },
    ],
  };
}

it("[RET-1] the same file read again adds nothing, and what is new in it is added", async () => {
  const read = (returns: readonly ImportedReturn[]) =>
    hub.must(async (ctx) => ({ ok: true as const, value: await importReturns(ctx, returns) }));
  expect(await read([returned(1, "C536379"), returned(2, "C536383")])).toBe(2);
  expect(await read([returned(3, "C536379"), returned(4, "C536391")])).toBe(1);
  expect(await hub.rows("select external_id, total from returns.return_order order by external_id")).toEqual([
    { external_id: "C536379", total: 2190 },
    { external_id: "C536383", total: 2190 },
    { external_id: "C536391", total: 2190 },
  ]);
  expect(await hub.rows("select 1 from returns.return_line")).toHaveLength(6);
  expect(await hub.violations(returnsInvariants)).toEqual([]);
});

it("[RET-3] a return is found by the number of its source, with its lines, and a page goes on where the last one ended", async () => {
  const list = (sourceNumber: string | null, limit: number, before: { at: Date; id: string } | null = null) =>
    listReturns(
      { db: hub.db, snapshots: hub.around.snapshots },
      { recordIds: null, channelId: null, orderId: null, number: sourceNumber, placeIds: null, channelKind: null, before, limit },
    );
  const [found, ...others] = await list("c536379", 10);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    sourceNumber: "C536379",
    channelKind: "web",
    customerId: null,
    total: { amount: 2190, currency: "GBP" },
    lines: [
      { sku: "22086", quantity: 3, total: { amount: 0 } },
      { sku: "22423", quantity: 2, total: { amount: 2190 } },
    ],
  });
  const all = await list(null, 10);
  const [first] = await list(null, 1);
  const rest = await list(null, 10, { at: new Date(first?.returnedAt ?? ""), id: first?.id ?? "" });
  expect([first, ...rest]).toEqual(all);
  expect(all.length).toBeGreaterThan(2);
  expect((await list("C5363", 10)).length).toBe(all.length);
});
