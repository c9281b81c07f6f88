import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { lazy, Suspense, useCallback, useState } from "react";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { StoreLine } from "../stores/store-line.tsx";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { forgetCart } from "./basket.ts";
import { CartContents } from "./cart-contents.tsx";
import { PaidElsewhere } from "./paid-elsewhere.tsx";
import { PromiseLine } from "./promise-line.tsx";
import { keepsFromCheckout } from "./requirements.ts";
import { useCart, type CartState } from "./use-cart.ts";
import styles from "./cart.module.css";

export { CartPanel } from "./cart-panel.tsx";

const HandoverSheet = lazy(() => import("./handover-sheet.tsx").then((module) => ({ default: module.HandoverSheet })));

const Proposals = lazy(() => import("../offer/proposals.tsx").then((module) => ({ default: module.Proposals })));

/** What was proposed to whoever is signed in; it comes when it comes. */
const Proposed = () => (
  <Suspense fallback={null}>
    <Proposals />
  </Suspense>
);

/** The cart, live on every device and channel that holds it. */
export function CartScreen() {
  const state = useCart();
  if (state.isPending && state.shown.lines.length === 0) return <ScreenSkeleton />;
  if (state.isGone && state.shown.lines.length === 0) return <GoneCart />;
  if (state.error && !state.cart && state.shown.lines.length === 0) return <ProblemNote error={state.error} onRetry={state.refetch} />;
  if (state.cart?.state === "completed") return <PaidElsewhere heading="h1" orderId={state.cart.orderId} />;
  if (state.shown.lines.length === 0 && !state.cart?.earlier) return <EmptyCart />;
  return <FullCart state={state} />;
}

function FullCart({ state }: { readonly state: CartState }) {
  const { store } = useStore();
  const [isMoving, setIsMoving] = useState(false);
  const close = useCallback(() => setIsMoving(false), []);
  const { cart, shown } = state;
  const isBlocked = cart !== undefined && shown.isSettled && keepsFromCheckout(cart.requirements).length > 0;
  return (
    <section className={styles.cart} aria-labelledby="cart-title">
      <h1 id="cart-title">{t("shop.cart.title")}</h1>
      <StoreLine />
      <PromiseLine cart={cart} />
      <CartContents state={state} placeId={store?.id} />
      <Proposed />
      <div className={styles.actions}>
        {isBlocked || shown.lines.length === 0 ? (
          <Button kind="primary" wide disabled>
            {t("shop.cart.to_checkout")}
          </Button>
        ) : (
          <Link to={pathTo("checkout")} className={styles.button}>
            {t("shop.cart.to_checkout")}
          </Link>
        )}
        <Button data-tour="hand-over" onClick={() => setIsMoving(true)} disabled={!cart || shown.lines.length === 0}>
          {t("shop.handover.continue_elsewhere")}
        </Button>
        <Link to={pathTo("menu")}>{t("shop.cart.more")}</Link>
        <Link to={pathTo("help")}>{t("shop.help.title")}</Link>
      </div>
      {isMoving && cart ? (
        <Suspense fallback={null}>
          <HandoverSheet cartId={cart.id} onClose={close} />
        </Suspense>
      ) : null}
    </section>
  );
}

function EmptyCart() {
  return (
    <>
      <EmptyState heading="h1" title={t("shop.cart.empty")} text={t("shop.cart.empty_hint")}>
        <Link to={pathTo("menu")} className={styles.button}>
          {t("shop.cart.to_menu")}
        </Link>
        <Link to={pathTo("enterHandover")}>{t("shop.handover.have_code")}</Link>
      </EmptyState>
      <Proposed />
    </>
  );
}

/** The cart was moved to the till or another device, or is no more: the browser can begin a new one. */
function GoneCart() {
  return (
    <EmptyState heading="h1" title={t("shop.cart.gone")} text={t("shop.cart.gone_hint")}>
      <Button onClick={forgetCart}>{t("shop.cart.begin_anew")}</Button>
    </EmptyState>
  );
}
