import { Suspense, useEffect, useRef } from "react";
import { CrashBoundary } from "@weft/ui/app/crash-boundary.tsx";
import { UpdateNote } from "@weft/ui/app/update-note.tsx";
import { OfflineBanner } from "@weft/ui/shop/offline-banner.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { Toasts } from "@weft/ui/shop/toast.tsx";
import { useLive } from "@weft/ui/api/context.tsx";
import { CartBar } from "../cart/cart-bar.tsx";
import { useSavedKeeping } from "../saved/saved.ts";
import { useCartKeeping } from "../cart/use-cart.ts";
import { useCustomer } from "../customer/session.ts";
import { measureChoice } from "../cookies/choice.ts";
import { Link, useAddress } from "../router/router.tsx";
import { useWide } from "../shared/use-wide.ts";
import { pathTo, routeAt } from "../routes.ts";
import { t } from "../t.ts";
import { MissingScreen } from "./missing-screen.tsx";
import { ShopBar } from "./shop-bar.tsx";
import styles from "./shop-frame.module.css";

/** What stays while screens change: the bar, the state of the connection, and the place where a screen appears. */
export function ShopFrame() {
  const { path } = useAddress();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const shown = routeAt(path);
  const customer = useCustomer();
  const hasCartBar = !useWide() && shown?.name === "menu";
  useCartKeeping();
  useSavedKeeping();
  useLive(customer ? `customer/${customer.customerId}` : undefined);
  useEffect(() => {
    // A reader who does not see the screen change is put at its beginning; not on the first one, which nobody left.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    // Nothing of it is loaded before somebody has said yes.
    if (measureChoice() === "yes") void import("../cookies/measure.ts").then(({ measurePage }) => measurePage());
  }, [path]);
  return (
    <div className={styles.frame}>
      <a className="skip" href="#main">
        {t("shop.skip")}
      </a>
      <ShopBar current={shown?.name} />
      <OfflineBanner />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {/* Outside of the keyed part, so that the screen before stays while the next one loads. */}
        <Suspense fallback={<ScreenSkeleton />}>
          <CrashBoundary key={path}>{shown ? <shown.Screen params={shown.params} /> : <MissingScreen />}</CrashBoundary>
        </Suspense>
      </main>
      <footer className={styles.foot}>
        <Link to={pathTo("cookies")}>{t("shop.cookies.title")}</Link>
      </footer>
      {hasCartBar ? <CartBar /> : null}
      <div className={styles.toasts} data-lifted={hasCartBar || undefined}>
        <Toasts />
      </div>
      <UpdateNote />
    </div>
  );
}
