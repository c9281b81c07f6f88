import { useQuery } from "@tanstack/react-query";
import type { TillCustomerView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { t } from "../t.ts";

/** The tier and the points of the customer of the ticket. */
export function Standing({ customer }: { readonly customer: TillCustomerView }) {
  const points = usePoints(customer);
  return (
    <small>
      {customer.tier ? `${textOf(customer.tier)} · ` : null}
      {t(customer.pointsAsOf === "now" ? "till.customer.points" : "till.customer.points_last_night", {
        points: formatNumber(points),
        count: points,
      })}
    </small>
  );
}

/**
 * The points as they change on any channel while somebody stands there. They are asked for only when something about them changes: opening
 * them has told it. Where balances are apart they are those of last night.
 */
function usePoints({ customerId, points, pointsAsOf }: TillCustomerView): number {
  const isNow = pointsAsOf === "now";
  useLive(isNow ? `customer/${customerId}` : undefined);
  const balance = useQuery({
    queryKey: ["customer", customerId, "balance"],
    queryFn: async ({ signal }) => (await api.ask("loyalty.read", { params: { id: customerId }, signal })).balance,
    enabled: isNow,
    initialData: points,
    staleTime: Infinity,
    gcTime: 0, // opened again they tell it anew
  });
  return isNow ? balance.data : points;
}
