import { NativeSelect } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { QueuePerformanceView } from "@weft/contracts/client";
import { formatNumber, formatPercent } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { Part } from "../common/beside.tsx";
import { DataTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import form from "../common/form.module.css";
import { useOwnPlaceOptions, usePlaceOf } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { queueRoute } from "../routes.tsx";
import { QUEUE_DAYS, type readQueueSearch } from "../searches.ts";
import { t } from "../t.ts";

type Search = ReturnType<typeof readQueueSearch>;
type Station = QueuePerformanceView["stations"][number];
type Product = QueuePerformanceView["products"][number];

/** How the stations of a store kept up: what took how long, what came late, and preparation times as set and as measured. */
export function QueueScreen(): ReactElement {
  const { place, days = "7" } = queueRoute.useSearch();
  const navigate = queueRoute.useNavigate();
  const places = useOwnPlaceOptions();
  const placeId = usePlaceOf(place, places);
  const set = (change: Partial<Search>): void => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true });
  return (
    <Page
      title={t("office.nav.queue")}
      actions={
        <>
          <FilterChoice label={t("office.orders.place")} value={placeId} options={places} onChange={(next) => set({ place: next })} />
          <NativeSelect
            size="xs"
            aria-label={t("office.queue.days_label")}
            value={days}
            data={QUEUE_DAYS.map((value) => ({ value, label: t("office.queue.days", { days: Number(value) }) }))}
            onChange={({ currentTarget }) => set({ days: QUEUE_DAYS.find((value) => value === currentTarget.value) })}
          />
        </>
      }
    >
      {placeId === undefined ? (
        <EmptyState title={t("office.shipping.no_place")} text={t("office.shipping.no_place_text")} />
      ) : (
        <Performance placeId={placeId} days={Number(days)} />
      )}
    </Page>
  );
}

function Performance({ placeId, days }: { readonly placeId: string; readonly days: number }) {
  const performance = useQuery({
    queryKey: ["queue-performance", placeId, days],
    queryFn: ({ signal }) => api.ask("queue.performance", { params: { id: placeId }, query: { days }, signal }),
  });
  if (performance.isError && !performance.data) return <ProblemNote error={performance.error} onRetry={performance.refetch} />;
  if (!performance.data) return <ScreenSkeleton />;
  const { orders, lateOrders, stations, products, measuredTimes } = performance.data;
  if (stations.every(({ lines }) => lines === 0))
    return (
      <EmptyState title={t("office.queue.none")} text={t("office.queue.none_text")}>
        <Link to="/stores" search={{ open: placeId }}>
          {t("office.nav.stores")}
        </Link>
      </EmptyState>
    );
  return (
    <>
      <p className={form.quiet}>{t("office.queue.about")}</p>
      {orders > 0 ? (
        <p>
          {t("office.queue.late", {
            late: formatNumber(lateOrders),
            orders: formatNumber(orders),
            share: formatPercent(Math.round((lateOrders / orders) * 100)),
          })}
        </p>
      ) : null}
      <Part title={t("office.queue.stations")}>
        <DataTable label={t("office.queue.stations")} columns={stationColumns()} rows={stations} rowKey={({ name }) => name} />
      </Part>
      <Part title={t("office.queue.products")}>
        <p className={form.quiet}>{t(`office.queue.measured.${measuredTimes}`)}</p>
        {products.length > 0 ? (
          <DataTable
            label={t("office.queue.products")}
            columns={productColumns()}
            rows={products}
            rowKey={({ productId, station }) => `${productId} ${station}`}
          />
        ) : null}
      </Part>
    </>
  );
}

const seconds = (value: number | null): string => (value === null ? "–" : t("office.queue.seconds", { seconds: formatNumber(value) }));

function stationColumns(): Column<Station>[] {
  return [
    { key: "station", label: t("office.queue.station"), cell: ({ name }) => name },
    { key: "lines", label: t("office.queue.lines"), align: "end", cell: ({ lines }) => formatNumber(lines) },
    { key: "median", label: t("office.queue.median"), align: "end", cell: ({ medianSeconds }) => seconds(medianSeconds) },
    { key: "slow", label: t("office.queue.slow"), align: "end", isMinor: "on a phone", cell: ({ slowSeconds }) => seconds(slowSeconds) },
  ];
}

function productColumns(): Column<Product>[] {
  return [
    { key: "product", label: t("office.queue.product"), cell: ({ name }) => inLanguage(name) },
    { key: "station", label: t("office.queue.station"), isMinor: true, cell: ({ station }) => station },
    { key: "set", label: t("office.queue.set"), align: "end", cell: ({ setSeconds }) => seconds(setSeconds) },
    {
      key: "learned",
      label: t("office.queue.learned"),
      align: "end",
      cell: ({ learnedSeconds }) => (learnedSeconds === null ? t("office.queue.too_few") : seconds(learnedSeconds)),
    },
    { key: "samples", label: t("office.queue.samples"), align: "end", isMinor: "on a phone", cell: ({ samples }) => formatNumber(samples) },
  ];
}
