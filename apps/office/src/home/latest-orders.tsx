import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { DataTable, TableSkeleton } from "../common/data-table.tsx";
import { orderColumns } from "../orders/columns.tsx";
import { t } from "../t.ts";
import { latestOrdersQuery } from "./queries.ts";

/** The newest orders, on whichever channel. */
export function LatestOrders() {
  const latest = useQuery(latestOrdersQuery);
  return (
    <Section title={t("office.home.latest")} actions={<Link to="/orders">{t("office.home.all_orders")}</Link>}>
      {latest.isPending ? (
        <TableSkeleton />
      ) : latest.isError ? (
        <ProblemNote error={latest.error} onRetry={latest.refetch} />
      ) : latest.data.items.length === 0 ? (
        <EmptyState title={t("office.orders.empty")} />
      ) : (
        <DataTable
          label={t("office.home.latest")}
          columns={orderColumns()}
          rows={latest.data.items}
          rowKey={({ id }) => id}
          linkOf={({ id }) => ({ to: "/orders", search: { open: id } })}
        />
      )}
    </Section>
  );
}
