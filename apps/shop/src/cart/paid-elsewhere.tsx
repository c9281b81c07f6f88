import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { forgetCart } from "./basket.ts";
import styles from "./cart.module.css";

/** The till, or another device, has completed this very cart. */
export function PaidElsewhere({ orderId, heading }: { readonly orderId: string | null; readonly heading: "h1" | "h2" }) {
  return (
    <EmptyState heading={heading} title={t("shop.cart.paid")} text={t("shop.cart.paid_hint")}>
      {orderId === null ? null : (
        <Link to={pathTo("order", { id: orderId })} className={styles.button}>
          {t("shop.cart.to_order")}
        </Link>
      )}
      <Button onClick={forgetCart}>{t("shop.cart.begin_anew")}</Button>
    </EmptyState>
  );
}
