import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { CartContents } from "./cart-contents.tsx";
import { PaidElsewhere } from "./paid-elsewhere.tsx";
import { PromiseLine } from "./promise-line.tsx";
import { useCart } from "./use-cart.ts";
import styles from "./cart.module.css";

/** The cart beside the menu, where the screen has room for it. */
export function CartPanel() {
  const state = useCart();
  const { store } = useStore();
  const isPaid = state.cart?.state === "completed" && state.shown.isSettled;
  if (isPaid) {
    return (
      <section className={styles.panel} aria-label={t("shop.cart.title")}>
        <PaidElsewhere heading="h2" orderId={state.cart?.orderId ?? null} />
      </section>
    );
  }
  return (
    <section className={styles.panel} aria-labelledby="panel-title">
      <h2 id="panel-title">{t("shop.cart.title")}</h2>
      {state.error && !state.cart && !state.isGone ? <ProblemNote error={state.error} onRetry={state.refetch} /> : null}
      {state.isPending ? <Skeleton height="8rem" /> : null}
      {!state.isPending && state.shown.lines.length === 0 ? <p className={styles.none}>{t("shop.cart.empty_hint")}</p> : null}
      {state.shown.lines.length > 0 ? (
        <>
          <PromiseLine cart={state.cart} />
          <CartContents state={state} placeId={store?.id} />
          <Link to={pathTo("checkout")} className={styles.button}>
            {t("shop.cart.to_checkout")}
          </Link>
          <Link to={pathTo("cart")}>{t("shop.cart.to_cart")}</Link>
        </>
      ) : null}
    </section>
  );
}
