import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { CompanyView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useCallback, type ReactElement } from "react";
import { Beside } from "../common/beside.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { countryName, plainAmount } from "../common/text.ts";
import { companiesRoute } from "../routes.tsx";
import { COMPANY_STATES, type readCompaniesSearch } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { CompanyBadge } from "./badge.tsx";
import { CompanyForm } from "./form.tsx";
import { companiesQuery } from "./queries.ts";

type Search = ReturnType<typeof readCompaniesSearch>;

/** Customers that are companies: who orders for them, at whose prices and within which limits. */
export function CompaniesScreen(): ReactElement {
  const { query, state, open } = companiesRoute.useSearch();
  const navigate = companiesRoute.useNavigate();
  const may = useMay();
  const companies = useInfiniteQuery(companiesQuery({ query, state }));
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const setQuery = useCallback((next: string | undefined) => set({ query: next }), [set]);
  const isFiltered = query !== undefined || state !== undefined;
  return (
    <Page
      title={t("office.nav.companies")}
      actions={
        <>
          <FilterText label={t("office.companies.find")} value={query} onChange={setQuery} />
          <FilterChoice
            label={t("office.orders.state")}
            value={state}
            options={COMPANY_STATES.map((one) => ({ value: one, label: t(`office.companies.state.${one}`) }))}
            onChange={(next) => set({ state: next })}
          />
          {may("companies.create") ? <Button onClick={() => set({ open: "new" })}>{t("office.companies.add")}</Button> : null}
        </>
      }
      beside={
        open === "new" ? (
          <Beside title={t("office.companies.add")} onClose={() => set({ open: undefined })}>
            <CompanyForm onDone={({ id }) => void navigate({ to: "/companies/$id", params: { id } })} />
          </Beside>
        ) : null
      }
    >
      <PagedTable
        query={companies}
        label={t("office.nav.companies")}
        people={{ list: "companies" }}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/companies/$id", params: { id } })}
        empty={
          isFiltered
            ? { title: t("office.companies.not_found"), text: t("office.companies.not_found_text") }
            : { title: t("office.companies.none"), text: t("office.companies.none_text") }
        }
      />
    </Page>
  );
}

function columns(): Column<CompanyView>[] {
  return [
    { key: "name", label: t("office.company.name"), cell: ({ name }) => name, text: ({ name }) => name },
    {
      key: "vat",
      label: t("office.company.vat"),
      isMinor: "on a phone",
      cell: ({ vatNumber }) => (vatNumber === null ? null : <code>{vatNumber}</code>),
      text: ({ vatNumber }) => vatNumber,
    },
    {
      key: "country",
      label: t("office.company.country"),
      isMinor: true,
      cell: ({ country }) => countryName(country),
      text: ({ country }) => country,
    },
    {
      key: "group",
      label: t("office.company.price_group"),
      isMinor: true,
      cell: ({ priceGroup }) => priceGroup,
      text: ({ priceGroup }) => priceGroup,
    },
    {
      key: "people",
      label: t("office.company.people"),
      cell: ({ members, suggested }) => (
        <>
          {formatNumber(members)} {suggested > 0 ? <Badge tone="warn">{t("office.companies.waiting", { count: suggested })}</Badge> : null}
        </>
      ),
      text: ({ members }) => members,
    },
    {
      key: "used",
      label: t("office.company.used"),
      align: "end",
      isMinor: true,
      cell: ({ used }) => (used ? <MoneyText money={used} /> : null),
      text: ({ used }) => used && plainAmount(used),
    },
    {
      key: "limit",
      label: t("office.company.month_limit"),
      align: "end",
      isMinor: "on a phone",
      cell: ({ monthLimit }) => (monthLimit ? <MoneyText money={monthLimit} /> : t("office.company.no_limit")),
      text: ({ monthLimit }) => monthLimit && plainAmount(monthLimit),
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state }) => <CompanyBadge state={state} />,
      text: ({ state }) => t(`office.companies.state.${state}`),
    },
  ];
}
