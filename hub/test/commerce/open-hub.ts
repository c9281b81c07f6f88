import { asId, type PlaceId } from "@weft/kernel";
import { setParts, upsertProducts } from "../../src/modules/catalog/commands/index.ts";
import { upsertPlaces } from "../../src/modules/places/index.ts";
import { createCode, setPrices, setTaxRates, type CodeId, type PriceListId, type TaxRateId } from "../../src/modules/pricing/index.ts";
import { receiveStock } from "../../src/modules/stock/index.ts";
import { newProduct } from "../cafe-catalog.ts";
import { placeId, testId, variantId } from "../goods-hub.ts";
import { newStore, saleHub, type SaleHub } from "../sale-hub.ts";
import { BOX, CODE, COUNTED, PRICE, TAKES, VOUCHER } from "./goods.ts";
import { done } from "./world.ts";

const FIRST_STORE = 100;

/** The small retailer with a box, gift cards, a code, and so many pairs of stores that one world each can have to itself. */
export async function openCommerceHub(pairs: number): Promise<{ readonly hub: SaleHub; readonly stores: readonly (readonly PlaceId[])[] }> {
  const hub = await saleHub();
  await addGoods(hub);
  const ids = Array.from({ length: 2 * pairs }, (_, n) => placeId(FIRST_STORE + n));
  await hub.must((ctx) =>
    upsertPlaces(
      ctx,
      ids.map((id, n) => newStore(id, `Store ${n}`)),
    ),
  );
  const receipts = ids.flatMap((at, n) =>
    COUNTED.map((goods) => ({
      entryId: testId(`receipt ${goods}`, n),
      variantId: variantId(goods),
      placeId: at,
      quantity: 1,
      safety: 0,
    })),
  );
  await hub.must((ctx) => done(receiveStock(ctx, receipts, "opening")));
  answerByToken(hub);
  hub.around.snapshots.invalidate();
  return { hub, stores: Array.from({ length: pairs }, (_, n) => ids.slice(2 * n, 2 * n + 2)) };
}

async function addGoods(hub: SaleHub): Promise<void> {
  const rate = { zone: { kind: "country", country: "FR" }, taxClass: "voucher", numerator: 0, denominator: 1 } as const;
  const untaxed = {
    classes: [{ code: "voucher", name: "Gift cards" }],
    rates: [{ id: testId<TaxRateId>("tax rate", 9), ...rate }],
    roundingPolicies: [],
  };
  await hub.must((ctx) => setTaxRates(ctx, untaxed));
  await hub.must((ctx) => upsertProducts(ctx, [newProduct(VOUCHER, { isTracked: false, taxClass: "voucher" }), newProduct(BOX)]));
  await hub.must((ctx) =>
    setParts(
      ctx,
      variantId(BOX),
      (TAKES[BOX] ?? []).map(([part, quantity]) => ({ variantId: variantId(part), quantity })),
    ),
  );
  const listId = testId<PriceListId>("price list", 1);
  const prices = [VOUCHER, BOX].map((goods) => ({
    listId,
    variantId: variantId(goods),
    minQuantity: 1,
    unitPrice: { amount: PRICE[goods] ?? 0, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } },
  }));
  await hub.must((ctx) => setPrices(ctx, prices));
  const tenth = { kind: "percentage", rate: { numerator: 1, denominator: 10 } } as const;
  await hub.must((ctx) =>
    createCode(ctx, { id: asId<CodeId>(testId("code", 1)), code: CODE, benefit: tenth, scope: {}, combinable: true }),
  );
}

/** Many pay at once, each by what their card says: what the provider does is in the token, and nothing of it is kept for ever. */
function answerByToken({ provider }: SaleHub): void {
  provider.charge = async ({ intentId, token }) => {
    if (token === "outside_pending") {
      const pending = { kind: "pending" } as const;
      provider.charges.set(intentId, pending);
      return pending;
    }
    const answer = provider.settle(intentId, token === "outside_decline" ? "declined" : "captured");
    return token === "outside_lose" ? new Promise(() => {}) : answer;
  };
}
