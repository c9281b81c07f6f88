import type { EntityId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LYON, WEB, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testId } from "../../../test/goods-hub.ts";
import { importReturns, returnsInvariants, type ImportedReturn, type ReturnId } from "./index.ts";

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
