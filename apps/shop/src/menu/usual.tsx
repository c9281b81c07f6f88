import { queryOptions, useQuery } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { formatList } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { changeCart, operation } from "../cart/send.ts";
import { navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { usualOf, type Usual } from "./again.ts";
import styles from "./usual.module.css";

/** How many orders tell a habit. */
const ORDERS_READ = 4;

const usualQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "usual"],
    queryFn: async ({ signal }) => {
      const { items } = await api.ask("orders.ofCustomer", { params: { id: "me" }, query: { limit: ORDERS_READ }, signal });
      return usualOf(await Promise.all(items.map(({ id }) => api.ask("orders.read", { params: { id }, signal }))));
    },
    staleTime: 5 * 60_000,
  });

/** "The usual", first on the menu of someone who has been here: one tap, then pay. Without a habit it takes no space. */
export function UsualCard({ customerId, storeId }: { readonly customerId: string; readonly storeId: string | undefined }) {
  const usual = useQuery(usualQuery(customerId)).data ?? [];
  if (usual.length === 0) return null;
  return (
    <section className={styles.usual} aria-labelledby="usual-title">
      <div>
        <h2 id="usual-title">{t("shop.usual.title")}</h2>
        <p>{formatList(usual.map(usualText))}</p>
      </div>
      <Button onClick={() => orderUsual(usual, storeId)}>{t("shop.usual.order")}</Button>
    </section>
  );
}

function usualText({ name, options, quantity }: Usual): string {
  const what = [inLanguage(name), ...options.map((option) => inLanguage(option.name))].join(", ");
  return quantity === 1 ? what : t("shop.usual.several", { count: quantity, what });
}

function orderUsual(usual: readonly Usual[], placeId: string | undefined): void {
  const where = placeId === undefined ? {} : { placeId };
  const adds = usual.map(({ sku, options, quantity }) =>
    operation("add", { sku, quantity, options: options.map(({ group, value }) => ({ group, value })), ...where }),
  );
  changeCart(...adds.map((add) => ({ operation: add })));
  navigate(pathTo("checkout"));
}
