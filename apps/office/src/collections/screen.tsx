import { Progress, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { DataTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { useOwnPlaceOptions, usePlaceOf } from "../common/places.ts";
import { wordOf } from "../common/text.ts";
import { collectionsRoute } from "../routes.tsx";
import type { readCollectionsSearch } from "../searches.ts";
import { t } from "../t.ts";
import { MoveChoice } from "./move-choice.tsx";
import { dayQuery, type CollectionDay, type DaySlot } from "./queries.ts";
import styles from "./collections.module.css";

type Search = ReturnType<typeof readCollectionsSearch>;

/** A day of a store's collection slots, live: how full each is, and whose orders are fetched then. */
export function CollectionsScreen(): ReactElement {
  const { place, date } = collectionsRoute.useSearch();
  const navigate = collectionsRoute.useNavigate();
  const places = useOwnPlaceOptions();
  const placeId = usePlaceOf(place, places);
  const set = (change: { place?: string | undefined; date?: string | undefined }): void =>
    void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true });
  return (
    <Page
      title={t("office.nav.collections")}
      actions={
        <>
          <FilterChoice label={t("office.orders.place")} value={placeId} options={places} onChange={(next) => set({ place: next })} />
          {placeId === undefined ? null : <DayChoice {...{ placeId, date }} onChange={(next) => set({ date: next })} />}
        </>
      }
    >
      {placeId === undefined ? (
        <EmptyState title={t("office.shipping.no_place")} text={t("office.shipping.no_place_text")} />
      ) : (
        <Day placeId={placeId} date={date} />
      )}
    </Page>
  );
}

type OneDay = { readonly placeId: string; readonly date: string | undefined };

/** The day that is shown; nobody having chosen one, that of the place. */
function DayChoice({ placeId, date, onChange }: OneDay & { readonly onChange: (date: string | undefined) => void }) {
  const day = useQuery(dayQuery(placeId, date));
  return (
    <TextInput
      type="date"
      size="xs"
      aria-label={t("office.collections.day")}
      value={date ?? day.data?.date ?? ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? undefined : currentTarget.value)}
    />
  );
}

function Day({ placeId, date }: OneDay) {
  useLive(`work/${placeId}`);
  const day = useQuery(dayQuery(placeId, date));
  if (day.isError && !day.data) return <ProblemNote error={day.error} onRetry={day.refetch} />;
  if (!day.data) return <ScreenSkeleton />;
  if (day.data.slots.length === 0) return <EmptyState title={t("office.collections.none")} text={t("office.collections.none_text")} />;
  return (
    <DataTable label={t("office.nav.collections")} columns={columns(placeId, day.data)} rows={day.data.slots} rowKey={({ id }) => id} />
  );
}

function columns(placeId: string, day: CollectionDay): Column<DaySlot>[] {
  const { timeZone } = day;
  return [
    {
      key: "time",
      label: t("office.collections.slot"),
      cell: ({ startsAt, endsAt }) => (
        <span className={styles.time}>
          {t("office.collections.span", { from: formatTime(startsAt, { timeZone }), until: formatTime(endsAt, { timeZone }) })}
        </span>
      ),
    },
    { key: "orders", label: t("office.collections.orders"), cell: (slot) => <Load slot={slot} /> },
    {
      key: "work",
      label: t("office.collections.work"),
      isMinor: true,
      cell: ({ workMinutes, mostWorkMinutes }) =>
        mostWorkMinutes === null
          ? t("office.collections.minutes", { count: workMinutes })
          : t("office.collections.minutes_of", { count: workMinutes, most: mostWorkMinutes }),
    },
    { key: "due", label: t("office.collections.due"), cell: (slot) => <Due {...{ slot, day, placeId }} /> },
  ];
}

function Load({ slot: { orders, mostOrders } }: { readonly slot: DaySlot }) {
  const share = mostOrders === 0 ? 100 : Math.min(100, (orders / mostOrders) * 100);
  return (
    <div className={styles.load}>
      <span>{t("office.collections.of", { count: orders, most: mostOrders })}</span>
      <Progress value={share} size="sm" {...(share >= 100 && { color: "red" })} aria-hidden />
    </div>
  );
}

type DueProps = { readonly slot: DaySlot; readonly day: CollectionDay; readonly placeId: string };

function Due({ slot, day, placeId }: DueProps) {
  return (
    <ul className={styles.due}>
      {slot.fulfillments.map((due) => (
        <li key={due.id}>
          <Link to="/orders" search={{ open: due.orderId }}>
            {due.orderNumber}
          </Link>
          <span>{[due.customerName, t("office.collections.units", { count: due.units })].filter(Boolean).join(" · ")}</span>
          <Badge tone={due.state === "collected" ? "good" : "info"}>{wordOf(`office.fulfillment.state.${due.state}`, due.state)}</Badge>
          <MoveChoice {...{ due, slot, day, placeId }} />
        </li>
      ))}
    </ul>
  );
}
