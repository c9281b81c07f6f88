import { upsertProducts } from "../src/modules/catalog/commands/index.ts";
import { setPrices, setTaxRates, type PriceListId, type TaxRateId } from "../src/modules/pricing/index.ts";
import { newProduct } from "./cafe-catalog.ts";
import { testId, variantId } from "./goods-hub.ts";
import { saleHub, tillActor, type SaleHub } from "./sale-hub.ts";

/** The number of the goods that are gift cards of 50.00. */
export const VOUCHER = 5;

/** A retailer who sells gift cards, too. */
export async function giftCardHub(): Promise<SaleHub> {
  const hub = await saleHub();
  await hub.must((ctx) =>
    setTaxRates(ctx, {
      classes: [{ code: "voucher", name: "Gift cards" }],
      rates: [
        {
          id: testId<TaxRateId>("tax rate", 9),
          zone: { kind: "country", country: "FR" },
          taxClass: "voucher",
          numerator: 0,
          denominator: 1,
        },
      ],
      roundingPolicies: [],
    }),
  );
  await hub.must((ctx) => upsertProducts(ctx, [newProduct(VOUCHER, { isTracked: false, taxClass: "voucher" })]));
  await hub.must((ctx) =>
    setPrices(ctx, [
      {
        listId: testId<PriceListId>("price list", 1),
        variantId: variantId(VOUCHER),
        minQuantity: 1,
        unitPrice: { amount: 5000, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } },
      },
    ]),
  );
  hub.around.snapshots.invalidate();
  return hub;
}

/** Sells a gift card of 50.00 at the till and answers its code. */
export async function soldCard(hub: SaleHub): Promise<{ code: string; id: string }> {
  const cart = await hub.cart([[VOUCHER, 1]], { actor: tillActor() });
  const sold = await hub.sell(cart, [{ kind: "cash" }]);
  if (!sold.ok) throw new Error(JSON.stringify(sold.error));
  const [row] = await hub.rows<{ id: string; sealed: string }>(
    "select id, code_sealed as sealed from payments.gift_card where order_id = $1",
    [sold.value.orderId],
  );
  return { id: row?.id ?? "", code: hub.vault.open(row?.sealed ?? "") ?? "" };
}
