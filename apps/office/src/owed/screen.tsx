import { Button } from "@mantine/core";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { OwedRowView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import { DayRange } from "../common/day-range.tsx";
import { owedRoute } from "../routes.tsx";
import type { OwedSearch } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { PayTipsBeside } from "./pay-tips-beside.tsx";

const owedQuery = ({ from, to }: Pick<OwedSearch, "from" | "to">) =>
  queryOptions({
    queryKey: ["owed", from ?? "", to ?? ""],
    queryFn: ({ signal }) => api.ask("owed.read", { query: { ...(from && { from }), ...(to && { to }) }, signal }),
    placeholderData: keepPreviousData,
  });

/** What the house owes for packaging and to its staff, by place, over business days; tips are paid out from here. */
export function OwedScreen(): ReactElement {
  const search = owedRoute.useSearch();
  const navigate = owedRoute.useNavigate();
  const may = useMay();
  const { data, isPending, error, refetch } = useQuery(owedQuery(search));
  const set = (change: Partial<OwedSearch>): void => void navigate({ search: (old: OwedSearch) => ({ ...old, ...change }), replace: true });
  const paid = data?.items.find((row) => isTips(row) && keyOf(row) === search.pay);
  const pay = may("owed.payTips") ? (row: OwedRowView): void => set({ pay: keyOf(row) }) : undefined;
  return (
    <Page
      title={t("office.nav.owed")}
      actions={data ? <DayRange size="xs" days={data} label={(end) => t(`office.owed.${end}`)} onChange={set} /> : null}
      beside={paid ? <PayTipsBeside key={keyOf(paid)} row={paid} onClose={() => set({ pay: undefined })} /> : null}
    >
      {isPending ? <ScreenSkeleton /> : null}
      {error ? <ProblemNote error={error} onRetry={refetch} /> : null}
      {data && data.items.length === 0 ? <EmptyState title={t("office.owed.none")} text={t("office.owed.none_text")} /> : null}
      {data && data.items.length > 0 ? (
        <DataTable label={t("office.nav.owed")} columns={columns(pay)} rows={data.items} rowKey={keyOf} />
      ) : null}
    </Page>
  );
}

const isTips = ({ what }: OwedRowView): boolean => what === "tips";

const keyOf = ({ what, entityId, placeId, closing }: OwedRowView): string => [what, placeId ?? entityId, closing.currency].join(".");

const nameOf = ({ placeName, entityName }: OwedRowView): string => placeName ?? entityName;

function columns(pay: ((row: OwedRowView) => void) | undefined): Column<OwedRowView>[] {
  const figure = (key: "opening" | "taken" | "given" | "closing", isMinor: boolean): Column<OwedRowView> => ({
    key,
    label: t(`office.owed.${key}`),
    align: "end",
    ...(isMinor && { isMinor: "on a phone" as const }),
    cell: (row) => formatMoney(row[key]),
    text: (row) => formatMoney(row[key]),
  });
  return [
    {
      key: "what",
      label: t("office.owed.what"),
      cell: ({ what }) => t(`office.owed.what_${what}`),
      text: ({ what }) => t(`office.owed.what_${what}`),
    },
    { key: "place", label: t("office.orders.place"), cell: nameOf, text: nameOf },
    figure("opening", true),
    figure("taken", true),
    figure("given", true),
    figure("closing", false),
    ...(pay
      ? [
          {
            key: "pay",
            label: t("office.owed.pay"),
            cell: (row: OwedRowView) =>
              isTips(row) && row.placeId !== null && row.closing.amount > 0 ? (
                <Button size="xs" variant="default" onClick={() => pay(row)}>
                  {t("office.owed.pay")}
                </Button>
              ) : null,
            text: () => "",
          },
        ]
      : []),
  ];
}
