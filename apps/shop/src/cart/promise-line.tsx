import type { CartView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { readyText } from "../product/availability-text.ts";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import { useCartPromise } from "./promise.ts";
import styles from "./cart.module.css";

/** Where the cart will be ready, and when. */
export function PromiseLine({ cart }: { readonly cart: CartView | undefined }) {
  const now = useNow();
  const { store } = useStore();
  const promiseAt = useCartPromise(cart);
  if (cart?.delivery)
    return (
      <p className={styles.promise}>
        {promiseAt === null ? t("shop.cart.shipped") : t("shop.cart.shipped_until", { day: formatDate(promiseAt, { style: "day" }) })}
      </p>
    );
  if (!store) return null;
  return (
    <p className={styles.promise}>
      {promiseAt === null
        ? t("shop.cart.at_store", { store: store.name })
        : t("shop.cart.ready_at_store", { store: store.name, ready: readyText(promiseAt, store.timeZone, now) })}
    </p>
  );
}
