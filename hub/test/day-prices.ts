import { PromotionTerms } from "@weft/contracts";
import { createCode, createPromotion, type CodeId, type PromotionId } from "../src/modules/pricing/index.ts";
import { productId, testId } from "./goods-hub.ts";
import { CROISSANT, type SaleHub } from "./sale-hub.ts";

/** Three croissants for two, and a code that takes a tenth off: what tills without a hub know of prices beside their lists. */
export async function saveDayPrices(hub: SaleHub): Promise<void> {
  const benefit = { kind: "cheapest_free", of: 3 };
  const goods = { categoryIds: [], productIds: [productId(CROISSANT)] };
  const terms = PromotionTerms.parse({ name: { en: "Three for two" }, benefit, goods });
  await hub.must((ctx) => createPromotion(ctx, testId<PromotionId>("promotion", 1), terms));
  await hub.must((ctx) =>
    createCode(ctx, {
      id: testId<CodeId>("code", 1),
      code: "TENTH",
      benefit: { kind: "percentage", rate: { numerator: 1, denominator: 10 } },
      scope: {},
      combinable: true,
    }),
  );
  hub.around.snapshots.invalidate();
}
