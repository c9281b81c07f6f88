import type { CategoryId, ProductId } from "@weft/kernel";
import type { EarningLine, EarningSale, EarnStanding } from "../../loyalty/domain/index.ts";
import { VOUCHERS, type PromotionContext } from "../../pricing/domain/index.ts";
import type { AssessedCart } from "./assessed.ts";

/** Goods as they are paid: `total` is with tax and with the deposit. */
export type PaidGoods = {
  readonly id: string;
  readonly productId: ProductId | null;
  readonly taxClass: string | null;
  readonly unit: "piece" | "gram";
  readonly quantity: number;
  readonly total: number;
  readonly deposit: { readonly total: number } | null;
};

type Context = Omit<PromotionContext, "isKnown"> & { readonly isKnown?: boolean };

/** What rules of earning ask besides the cart. */
export type EarnFacts = {
  readonly standing: EarnStanding;
  readonly categoriesOf: (productId: ProductId) => readonly CategoryId[];
};

/**
 * A cart as it earns, the same in its preview and as it is booked: what is paid for goods and their delivery. A gift card earns when it is spent
 * [LOY-8], and a deposit goes back [PRC-22]. What rewards took off is off the totals already.
 */
export function earningSale(
  { context, priced }: { readonly context: Context; readonly priced: { readonly currency: string } },
  goods: readonly PaidGoods[],
  delivery: number,
  { standing, categoriesOf }: EarnFacts,
): EarningSale {
  const lines = goods.flatMap(({ id, productId, taxClass, unit, quantity, total, deposit }): EarningLine[] => {
    if (taxClass === VOUCHERS) return [];
    const about = productId === null ? {} : { productId, categoryIds: categoriesOf(productId) };
    return [{ id, ...about, pieces: unit === "gram" ? Math.min(quantity, 1) : quantity, amount: total - (deposit?.total ?? 0) }];
  });
  return {
    paid: { amount: lines.reduce((sum, { amount }) => sum + amount, delivery), currency: priced.currency },
    lines,
    context: { ...context, isKnown: context.isKnown ?? false },
    standing,
  };
}

/** The goods of a cart as they would be paid now; what has no price is not there yet. */
export function goodsToPay({ lines }: Pick<AssessedCart, "lines">): PaidGoods[] {
  return lines.flatMap(({ id, productId, taxClass, unit, quantity, priced }) =>
    priced ? [{ id, productId, taxClass, unit, quantity, total: priced.total, deposit: priced.deposit }] : [],
  );
}
