import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { useCart } from "./use-cart.ts";
import styles from "./cart.module.css";

/** The cart over the menu of a phone, one tap away with what is in it; empty it takes no space. */
export function CartBar() {
  const { shown, cart } = useCart();
  if (shown.lines.length === 0 || cart?.state === "completed") return null;
  return (
    <Link to={pathTo("cart")} className={styles.bar}>
      <span>
        {t("shop.cart.bar", { count: shown.itemCount })}
        {cart?.place ? <small>{cart.place.name}</small> : null}
      </span>
      <span>{shown.total === null ? null : formatMoney(shown.total)}</span>
    </Link>
  );
}
