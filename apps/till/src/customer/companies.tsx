import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CartView, TillCustomerView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { changeCart } from "../ticket/ticket.ts";
import styles from "./customer.module.css";

const companiesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "companies"],
    queryFn: ({ signal }) => api.ask("companies.ofCustomer", { params: { id: customerId }, signal }),
  });

type Props = { readonly customer: TillCustomerView; readonly cart: CartView | undefined };

/** The companies that the customer may order for: one tap buys the ticket for one, the next takes it back. */
export function Companies({ customer, cart }: Props) {
  const known = useQuery(companiesQuery(customer.customerId)).data?.items ?? [];
  const companies = known.filter(({ mayOrder }) => mayOrder);
  const passed = cart?.requirements.find(({ code }) => code === "company.over_limit")?.data;
  if (companies.length === 0 || !cart) return null;
  return (
    <>
      <div className={styles.usual} role="group" aria-label={t("till.company.label")}>
        {companies.map(({ id, name }) => {
          const isChosen = cart.company?.id === id;
          return (
            <button
              key={id}
              type="button"
              aria-pressed={isChosen}
              onClick={() => changeCart({ kind: "setCompany", companyId: isChosen ? null : id })}
            >
              {t("till.company.for", { name })}
            </button>
          );
        })}
      </div>
      {passed ? <p role="status">{overLimitText(passed)}</p> : null}
    </>
  );
}

function overLimitText(data: Readonly<Record<string, unknown>>): string {
  const { left, currency } = data;
  const isMoney = typeof left === "number" && typeof currency === "string";
  return t("till.company.over_limit", { left: isMoney ? formatMoney({ amount: left, currency }) : "" });
}
