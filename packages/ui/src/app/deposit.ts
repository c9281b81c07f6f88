import type { CartLineView } from "@weft/contracts/client";
import { formatMoney } from "../i18n/format.ts";
import { currentLocale } from "../i18n/i18n.ts";
import { t } from "../t.ts";

type Money = CartLineView["total"];
type Line = Pick<CartLineView, "total" | "deposit">;
type Deposit = { readonly name: NonNullable<Line["deposit"]>["name"]; readonly total: Money };

/** What a line of a cart or an order costs without the deposit on its packaging, which is stated apart. */
export function goodsTotal({ total, deposit }: Line): Money {
  return { ...total, amount: total.amount - (deposit?.total.amount ?? 0) };
}

/** The deposit beside a price: `plus deposit €0.25`. */
export function depositText({ name, total }: Deposit): string {
  return t("ui.deposit.plus", { name: name[currentLocale()] ?? name.en, amount: formatMoney(total) });
}
