import { queryOptions, useQuery } from "@tanstack/react-query";
import type { SavedItemView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { addToCart } from "../cart/send.ts";
import type { ScreenProps } from "../router/route.ts";
import { Narrow } from "../shared/narrow.tsx";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { ItemRow } from "./item-row.tsx";
import styles from "./saved.module.css";

const sharedQuery = (token: string, storeId: string | undefined) =>
  queryOptions({
    queryKey: ["shared-list", token, storeId ?? ""],
    queryFn: ({ signal }) => api.ask("lists.shared", { params: { token }, query: { storeId }, signal }),
    retry: false,
  });

/** A list that somebody shared: to be read, and copied into one's own cart. Whose it is, it does not say. */
export function SharedListScreen({ params: { token } }: ScreenProps<"/lists/:token">) {
  const { store } = useStore();
  const list = useQuery(sharedQuery(token, store?.id));
  if (list.isError) return <EmptyState heading="h1" title={t("shop.saved.shared_gone")} text={t("shop.saved.shared_gone_hint")} />;
  if (!list.data) return <ScreenSkeleton />;
  const { name, items } = list.data;
  const add = (wanted: readonly SavedItemView[]): void => {
    for (const item of wanted) copy(item, store?.id);
    showToast(t("shop.saved.copied_to_cart", { count: wanted.length }));
  };
  const there = items.filter(({ canBuy }) => canBuy);
  return (
    <Narrow title={name ?? t("shop.saved.shared_title")} intro={t("shop.saved.shared_intro")}>
      <ul className={styles.items}>
        {items.map((item) => (
          <ItemRow key={item.id} item={item}>
            <Button disabled={!item.canBuy} onClick={() => add([item])}>
              {t("shop.saved.to_cart")}
            </Button>
          </ItemRow>
        ))}
      </ul>
      {there.length > 1 ? (
        <Button kind="primary" onClick={() => add(there)}>
          {t("shop.saved.all_to_cart")}
        </Button>
      ) : null}
    </Narrow>
  );
}

function copy({ sku, quantity, name, pictureUrl, unitPrice, options }: SavedItemView, storeId: string | undefined): void {
  const free = { amount: 0, currency: unitPrice?.currency ?? "EUR" };
  const named = options.map(({ group, value }) => ({ group, value, name: { en: value }, priceDifference: free }));
  addToCart(sku, quantity, { name, pictureUrl, unitPrice, options: named }, storeId);
}
