import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./product-details.module.css";

const termsQuery = (sku: string, storeId: string | undefined) =>
  queryOptions({
    queryKey: ["return-terms", sku, storeId ?? null],
    queryFn: ({ signal }) => api.ask("returns.terms", { query: { sku, ...(storeId !== undefined && { storeId }) }, signal }),
  });

/** Until when these goods come back, before they are bought: the same rules as at every counter. */
export function ReturnTerms({ sku, storeId }: { readonly sku: string; readonly storeId: string | undefined }) {
  const { data } = useQuery(termsQuery(sku, storeId));
  if (!data) return null;
  return (
    <p className={styles.allergens}>
      {data.isFaultyOnly
        ? t("ui.return.faulty_only")
        : t("shop.product.return_days", { days: data.daysFromAfar, count: data.daysFromAfar })}
    </p>
  );
}
