import { useQuery } from "@tanstack/react-query";
import type { ProductView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect } from "react";
import { Link, navigate, useAddress } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { StoreLine } from "../stores/store-line.tsx";
import { chooseStore, storesQuery, useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { BuyBar } from "./buy-bar.tsx";
import { ProductDetails } from "./product-details.tsx";
import { productQuery } from "./products.ts";
import { useChoices } from "./use-choices.ts";
import styles from "./product-details.module.css";

export { ProductSheet } from "./product-sheet.tsx";

/** A product with an address of its own: what a shelf code, an ad or a friend leads to. `?store=` is the store one stands in. */
export function ProductScreen({ params: { slug } }: ScreenProps<"/p/:slug">) {
  useStoreOfAddress();
  const { store } = useStore();
  useLive(store && `store/${store.id}`);
  const product = useQuery({ ...productQuery(slug, store?.id), enabled: store !== undefined });
  if (product.isError) return <ProblemNote error={product.error} onRetry={product.refetch} />;
  if (!product.data) return <ScreenSkeleton />;
  return <ProductPage key={product.data.id} product={product.data} storeId={store?.id} />;
}

function ProductPage({ product, storeId }: { readonly product: ProductView; readonly storeId: string | undefined }) {
  const draft = useChoices(product);
  return (
    <article className={styles.page} aria-labelledby="product-title">
      <Link to={pathTo("menu")}>{t("shop.product.to_menu")}</Link>
      <h1 id="product-title">{inLanguage(product.name)}</h1>
      <StoreLine />
      <ProductDetails product={product} draft={draft} storeId={storeId} />
      <div className={styles.dock}>
        <BuyBar product={product} draft={draft} storeId={storeId} onAdded={() => navigate(pathTo("cart"))} />
      </div>
    </article>
  );
}

/** Who scans the code of a shelf stands in that store: it becomes theirs, if it is one of ours. */
function useStoreOfAddress(): void {
  const { search } = useAddress();
  const wanted = search.get("store");
  const isOurs = useQuery(storesQuery()).data?.some(({ id }) => id === wanted) ?? false;
  useEffect(() => {
    if (wanted !== null && isOurs) chooseStore(wanted);
  }, [wanted, isOurs]);
}
