import { useInfiniteQuery } from "@tanstack/react-query";
import type { CustomerView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { formatPhone } from "@weft/ui/i18n/phone.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { useCallback, type ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { fullName, wordOf } from "../common/text.ts";
import { customersRoute } from "../routes.tsx";
import { t } from "../t.ts";

const customersQuery = (query: string) =>
  pagedQuery(["customers", "find", query], (page, signal) =>
    api.ask("customers.find", { query: { ...page, query, limit: PAGE_ROWS }, signal }),
  );

/** Finds customers by anything that is known of them. */
export function CustomersScreen(): ReactElement {
  const { query } = customersRoute.useSearch();
  const navigate = customersRoute.useNavigate();
  const setQuery = useCallback((next: string | undefined) => void navigate({ search: { query: next }, replace: true }), [navigate]);
  return (
    <Page
      title={t("office.nav.customers")}
      actions={<FilterText label={t("office.customers.find")} value={query} onChange={setQuery} isMain />}
    >
      {query === undefined ? (
        <EmptyState title={t("office.customers.ask")} text={t("office.customers.ask_text")} />
      ) : (
        <Found query={query} />
      )}
    </Page>
  );
}

function Found({ query }: { readonly query: string }) {
  const found = useInfiniteQuery(customersQuery(query));
  return (
    <PagedTable
      query={found}
      label={t("office.nav.customers")}
      people={{ list: "customers" }}
      columns={columns()}
      rowKey={({ id }) => id}
      linkOf={({ id }) => ({ to: "/customers/$id", params: { id } })}
      empty={{ title: t("office.customers.none", { query }), text: t("office.customers.none_text") }}
    />
  );
}

function columns(): Column<CustomerView>[] {
  return [
    {
      key: "name",
      label: t("office.customers.name"),
      cell: (customer) => fullName(customer) || t("office.customer.unnamed"),
      text: fullName,
    },
    { key: "email", label: t("office.customer.field.email"), cell: ({ email }) => email, text: ({ email }) => email },
    {
      key: "phone",
      label: t("office.customer.field.phone"),
      isMinor: true,
      cell: ({ phone }) => phone && formatPhone(phone),
      text: ({ phone }) => phone,
    },
    {
      key: "card",
      label: t("office.customers.card"),
      isMinor: true,
      cell: ({ cardNumber }) => cardNumber,
      text: ({ cardNumber }) => cardNumber,
    },
    {
      key: "city",
      label: t("office.customers.city"),
      isMinor: true,
      cell: ({ address }) => address?.city,
      text: ({ address }) => address?.city ?? null,
    },
    {
      key: "since",
      label: t("office.customers.since"),
      isMinor: true,
      cell: ({ createdAt }) => formatDate(createdAt),
      text: ({ createdAt }) => createdAt,
    },
    {
      key: "state",
      label: t("office.orders.state"),
      isMinor: true,
      cell: ({ state }) => (state === "active" ? null : <Badge tone="warn">{wordOf(`office.customer.state.${state}`, state)}</Badge>),
      text: ({ state }) => wordOf(`office.customer.state.${state}`, state),
    },
  ];
}
