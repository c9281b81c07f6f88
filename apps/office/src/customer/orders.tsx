import { useInfiniteQuery } from "@tanstack/react-query";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { PagedTable } from "../common/data-table.tsx";
import { orderColumns } from "../orders/columns.tsx";
import { t } from "../t.ts";
import { ordersOfQuery } from "./queries.ts";

/** What the person bought, on every channel. */
export function OrdersOfCustomer({ customerId }: { readonly customerId: string }) {
  const orders = useInfiniteQuery(ordersOfQuery(customerId));
  return (
    <Section title={t("office.nav.orders")}>
      <PagedTable
        query={orders}
        label={t("office.nav.orders")}
        people={{ list: "orders", customerId }}
        columns={orderColumns({ withCustomer: false })}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/orders", search: { open: id } })}
        empty={{ title: t("office.orders.empty") }}
      />
    </Section>
  );
}
