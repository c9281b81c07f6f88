import type { CartLineView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";

/** A line that is sent, fetched at another store, or brought to this one from another. */
export function wayText({ kind, place, promiseAt }: NonNullable<CartLineView["elsewhere"]>): string {
  if (kind === "bring")
    return t("shop.cart.brought", { store: place?.name ?? "", day: promiseAt === null ? "" : formatDate(promiseAt, { style: "day" }) });
  return kind === "ship" ? t("shop.cart.sent") : t("shop.cart.fetched", { store: place?.name ?? "" });
}
