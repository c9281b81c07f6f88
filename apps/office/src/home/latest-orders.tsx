import { Link } from "@tanstack/react-router";
import type { OrderSummaryView } from "@weft/contracts/client";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { DataTable } from "../common/data-table.tsx";
import { orderColumns } from "../orders/columns.tsx";
import { t } from "../t.ts";

/** The newest orders of the day, on whichever channel. */
export function LatestOrders({ orders }: { readonly orders: readonly OrderSummaryView[] }) {
  return (
    <Section title={t("office.home.latest")} actions={<Link to="/orders">{t("office.home.all_orders")}</Link>}>
      {orders.length === 0 ? (
        <EmptyState title={t("office.orders.empty")} />
      ) : (
        <DataTable
          label={t("office.home.latest")}
          columns={orderColumns()}
          rows={orders}
          rowKey={({ id }) => id}
          linkOf={({ id }) => ({ to: "/orders", search: { open: id } })}
        />
      )}
    </Section>
  );
}
