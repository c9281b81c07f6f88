import IconCurrentLocation from "@tabler/icons-react/dist/esm/icons/IconCurrentLocation.mjs";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { lazy, Suspense, useDeferredValue, useState } from "react";
import { navigate, useAddress } from "../router/router.tsx";
import { useIdleSince } from "../shared/use-idle-since.ts";
import { t } from "../t.ts";
import { StoreCard } from "./store-card.tsx";
import { storesQuery } from "./stores.ts";
import { useCustomer } from "../customer/session.ts";
import { termsQuery } from "../terms/terms.ts";
import { usePosition } from "./use-position.ts";
import styles from "./stores.module.css";

export { StorePicker } from "./store-picker.tsx";

// The map's library is larger than all the rest of this screen.
const StoreMap = lazy(() => import("./store-map.tsx").then((module) => ({ default: module.StoreMap })));

/** Whether the customer allowed the shop to use where they are without a press of the button each time. Off for everyone else. */
function useMayLocate(): boolean {
  const customer = useCustomer();
  const terms = useQuery({ ...termsQuery(customer?.customerId ?? ""), enabled: customer !== null });
  return terms.data?.uses.some(({ purpose, isAllowed }) => purpose === "location" && isAllowed) ?? false;
}

/** Where the stores are, whether they are open, and when. The selected one is in the address. */
export function StoresScreen() {
  const { search } = useAddress();
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const { position, state, ask } = usePosition({ atOnce: useMayLocate() });
  const stores = useQuery(storesQuery({ near: position, query }));
  const selected = search.get("store");
  const found = stores.data ?? [];
  // The list says it all in words: it must not wait for a library.
  const isIdle = useIdleSince(stores.data !== undefined);
  const select = (id: string): void => navigate(`/stores?${new URLSearchParams({ store: id })}`, { replace: true });
  return (
    <section className={styles.screen} aria-labelledby="stores-title">
      <h1 id="stores-title">{t("shop.stores.title")}</h1>
      <div className={styles.tools}>
        <Field
          label={t("shop.stores.search")}
          type="search"
          maxLength={100}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button busy={state === "asking"} onClick={ask}>
          <IconCurrentLocation size={20} stroke={1.75} aria-hidden />
          {t("shop.stores.near_me")}
        </Button>
      </div>
      {state === "refused" ? <p role="status">{t("shop.stores.no_position")}</p> : null}
      <div className={styles.columns}>
        <div className={styles.map}>
          <Suspense fallback={<Skeleton height="100%" />}>
            {isIdle ? <StoreMap stores={found} selected={selected} onSelect={select} /> : <Skeleton height="100%" />}
          </Suspense>
        </div>
        <div className={styles.list}>
          {stores.isError && !stores.data ? <ProblemNote error={stores.error} onRetry={stores.refetch} /> : null}
          {stores.isPending ? <Skeleton height="16rem" /> : null}
          {stores.data?.length === 0 ? <EmptyState title={t("shop.stores.none")} text={t("shop.stores.none_hint")} /> : null}
          <ul>
            {found.map((store) => (
              <StoreCard key={store.id} store={store} isSelected={store.id === selected} onSelect={select} />
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
