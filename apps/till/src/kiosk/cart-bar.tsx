import { useQuery } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { goTo, useOrder } from "./order.ts";
import styles from "./kiosk.module.css";

/** The cart as the hub has it; undefined before the first thing is chosen. */
export function useKioskCart() {
  const { cartId } = useOrder();
  return useQuery({
    queryKey: ["cart", cartId ?? ""],
    queryFn: ({ signal }) => api.ask("carts.read", { params: { id: cartId ?? "" }, signal }),
    enabled: cartId !== null,
  });
}

export const piecesOf = (cart: CartView | undefined): number => cart?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;

/** How much there is by now, and the way on. */
export function CartBar() {
  const { data } = useKioskCart();
  const count = piecesOf(data);
  return (
    <div className={styles.bar}>
      <button type="button" className={styles.action} data-kind="primary" disabled={count === 0} onClick={() => goTo("cart")}>
        <span>{count === 0 ? t("till.kiosk.cart_empty") : t("till.kiosk.cart", { count })}</span>
        <output aria-live="polite">{data && count > 0 ? formatMoney(data.totals.total) : ""}</output>
      </button>
    </div>
  );
}
