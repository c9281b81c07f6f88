import { useQuery } from "@tanstack/react-query";
import type { PlacePromiseView } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { chooseStore, useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import { promiseText } from "./availability-text.ts";
import { availabilityQuery } from "./products.ts";
import styles from "./places-list.module.css";

/** How many other stores are listed before someone asks for all. */
const FIRST = 4;

type Props = { readonly sku: string; readonly quantity: number; readonly storeId: string | undefined };

/** Where the variant is to be had, and when: the chosen store first, the others as they are near. */
export function PlacesList({ sku, quantity, storeId }: Props) {
  const here = useQuery({ ...availabilityQuery(sku, quantity, { storeId }), enabled: storeId !== undefined });
  const [isOpen, setIsOpen] = useState(false);
  const promise = here.data?.[0];
  return (
    <section className={styles.places} aria-label={t("shop.product.availability")}>
      {promise ? <PlaceRow promise={promise} /> : here.isError ? null : <Skeleton height="2.75rem" />}
      <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>{t("shop.product.other_stores")}</summary>
        {isOpen ? <OtherPlaces sku={sku} quantity={quantity} storeId={storeId} /> : null}
      </details>
    </section>
  );
}

function OtherPlaces({ sku, quantity, storeId }: Props) {
  const [count, setCount] = useState(FIRST);
  const { store: chosen } = useStore();
  const near = chosen && `${chosen.latitude},${chosen.longitude}`;
  const places = useQuery(availabilityQuery(sku, quantity, { near }));
  if (places.isPending) return <Skeleton height="9rem" />;
  if (places.isError) return <p role="status">{t("shop.product.availability_unknown")}</p>;
  const others = places.data.filter(({ store }) => store.id !== storeId);
  return (
    <div className={styles.others}>
      {others.slice(0, count).map((promise) => (
        <PlaceRow key={promise.store.id} promise={promise} onChoose={() => chooseStore(promise.store.id)} />
      ))}
      {others.length > count ? (
        <button type="button" className={styles.quiet} onClick={() => setCount(others.length)}>
          {t("shop.product.all_stores", { count: others.length })}
        </button>
      ) : null}
    </div>
  );
}

function PlaceRow({ promise, onChoose }: { readonly promise: PlacePromiseView; readonly onChoose?: () => void }) {
  const { text, tone, canBuy } = promiseText(promise, useNow());
  return (
    <p className={styles.row}>
      <span>{promise.store.name}</span>
      <Badge tone={tone}>{text}</Badge>
      {onChoose && canBuy ? (
        <button type="button" className={styles.quiet} onClick={onChoose}>
          {t("shop.product.buy_here")}
          <span className="said">{promise.store.name}</span>
        </button>
      ) : null}
    </p>
  );
}
