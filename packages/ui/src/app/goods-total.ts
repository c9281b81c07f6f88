import type { CartLineView } from "@weft/contracts/client";

/** What a line of a cart or an order costs without the deposit on its packaging, which is stated apart. */
export function goodsTotal({ total, deposit }: Pick<CartLineView, "total" | "deposit">): CartLineView["total"] {
  return { ...total, amount: total.amount - (deposit?.total.amount ?? 0) };
}
