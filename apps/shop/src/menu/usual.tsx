import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { useEffect, useState } from "react";
import { api } from "../api.ts";
import { changeCart, operation } from "../cart/send.ts";
import { availabilityQuery } from "../product/products.ts";
import { navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { chooseStore, storesQuery, useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { servedOf, usualOf, type Usual } from "./again.ts";
import styles from "./usual.module.css";

/** How many orders tell a habit. */
const ORDERS_READ = 8;

const lastOrdersQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "last orders"],
    queryFn: async ({ signal }) => {
      const { items } = await api.ask("orders.ofCustomer", { params: { id: "me" }, query: { limit: ORDERS_READ }, signal });
      return Promise.all(items.map(({ id }) => api.ask("orders.read", { params: { id }, signal })));
    },
    staleTime: 5 * 60_000,
  });

/** "The usual", first on the menu of someone who has been here: one tap, then pay. Without a habit it takes no space. */
export function UsualCard({ customerId, storeId }: { readonly customerId: string; readonly storeId: string | undefined }) {
  const orders = useQuery(lastOrdersQuery(customerId)).data ?? [];
  const usual = useServed(usualOf(orders), storeId);
  const isLate = useTouchedBefore(usual.length > 0);
  if (usual.length === 0 || isLate) return null;
  return (
    <section className={styles.usual} aria-labelledby="usual-title">
      <h2 id="usual-title">{t("shop.usual.title")}</h2>
      <ul>
        {usual.map((item) => (
          <li key={`${item.sku} ${item.options.map(({ value }) => value).join()}`}>
            {item.quantity === 1 ? inLanguage(item.name) : t("shop.usual.several", { count: item.quantity, what: inLanguage(item.name) })}
            <small>{item.options.map((option) => inLanguage(option.name)).join(" · ")}</small>
          </li>
        ))}
      </ul>
      <Button onClick={() => orderUsual(usual, storeId)}>{t("shop.usual.order")}</Button>
    </section>
  );
}

/** What of it the store has now. */
function useServed(usual: readonly Usual[], storeId: string | undefined): readonly Usual[] {
  const answers = useQueries({
    queries: usual.map(({ sku, quantity }) => ({ ...availabilityQuery(sku, quantity, { storeId }), enabled: storeId !== undefined })),
  });
  return servedOf(usual, (item) => (answers[usual.indexOf(item)]?.data?.[0]?.promiseAt ?? null) !== null);
}

/** Whether somebody touched the screen before this was there: it waits for the next visit then, and moves nothing under their finger. */
function useTouchedBefore(isThere: boolean): boolean {
  const [isTouched, setTouched] = useState(false);
  useEffect(() => {
    if (isThere) return undefined;
    const touch = (): void => setTouched(true);
    addEventListener("pointerdown", touch, { capture: true, once: true });
    return () => removeEventListener("pointerdown", touch, { capture: true });
  }, [isThere]);
  return isTouched;
}

/** On a new device a customer's store is the one of their last order, where it was a store. False while that is not known yet: no menu is shown and taken away again. */
export function useUsualStore(customerId: string | undefined): boolean {
  const { isGuess } = useStore();
  const stores = useQuery(storesQuery()).data;
  const orders = useQuery({ ...lastOrdersQuery(customerId ?? ""), enabled: customerId !== undefined && isGuess });
  const last = orders.data?.find(({ placeId }) => stores?.some(({ id }) => id === placeId))?.placeId;
  useEffect(() => {
    if (isGuess && last) chooseStore(last);
  }, [isGuess, last]);
  return !isGuess || (!orders.isFetching && !last);
}

function orderUsual(usual: readonly Usual[], placeId: string | undefined): void {
  const where = placeId === undefined ? {} : { placeId };
  const adds = usual.map(({ sku, options, quantity }) =>
    operation("add", { sku, quantity, options: options.map(({ group, value }) => ({ group, value })), ...where }),
  );
  changeCart(...adds.map((add) => ({ operation: add })));
  navigate(pathTo("checkout"));
}
