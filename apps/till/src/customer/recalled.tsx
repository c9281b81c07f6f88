import { useQuery } from "@tanstack/react-query";
import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { pricesQuery } from "../local/prices.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

/** That they have something which is called back [BAT-7]: whoever serves them tells them. Asked only while anything is, and left out without the hub. */
export function Recalled({ customerId }: { readonly customerId: string }) {
  const isAny = (useQuery(pricesQuery).data?.seller.recalls?.length ?? 0) > 0;
  const bought = useQuery({
    queryKey: ["recalled", customerId],
    enabled: isAny,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await api.ask("recalls.ofCustomer", { params: { id: customerId }, signal })).items,
  }).data;
  if (!isAny || !bought || bought.length === 0) return null;
  return (
    <ul className={styles.recalled}>
      {bought.map(({ recallId, orderId, name, orderNumber, reason }) => (
        <li key={`${recallId} ${orderId}`}>
          <IconAlertTriangle size={18} aria-hidden />
          <span>{t("till.customer.recalled", { what: textOf(name), number: orderNumber, reason: textOf(reason) })}</span>
        </li>
      ))}
    </ul>
  );
}
