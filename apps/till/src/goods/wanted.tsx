import { useQuery } from "@tanstack/react-query";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";

const FRESH_MS = 60_000;

/** How many customers near here wait for something or have saved it; nothing where nobody does. */
export function Wanted({ sku }: { readonly sku: string }) {
  const { register } = useTill();
  const demand = useQuery({
    queryKey: ["store", register.placeId, "wanted", sku],
    queryFn: ({ signal }) => api.ask("wishes.demand", { query: { storeId: register.placeId, sku, limit: 1 }, signal }),
    staleTime: FRESH_MS,
  });
  const count = demand.data?.items[0]?.wanted ?? 0;
  return count === 0 ? null : <p>{t("till.goods.wanted", { count })}</p>;
}
