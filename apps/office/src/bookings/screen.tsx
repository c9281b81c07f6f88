import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PlaceBookingView } from "@weft/contracts/client";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import type { ReactElement } from "react";
import { DataTable, TableSkeleton, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { useOwnPlaceOptions, usePlaceOf } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { useToday } from "../common/use-today.ts";
import { bookingsRoute } from "../routes.tsx";
import type { readBookingsSearch } from "../searches.ts";
import { t } from "../t.ts";
import { BookingBeside } from "./booking-beside.tsx";
import { dayQuery, servicesQuery } from "./queries.ts";
import { StateBadge } from "./state-badge.tsx";

type Search = ReturnType<typeof readBookingsSearch>;

/** The day of a store: what is booked with whom, by adviser and hour. */
export function BookingsScreen(): ReactElement {
  const { place, day, open } = bookingsRoute.useSearch();
  const navigate = bookingsRoute.useNavigate();
  const today = useToday();
  const services = useQuery(servicesQuery).data ?? [];
  const giving = useOwnPlaceOptions().filter(({ value }) => services.some(({ placeIds }) => placeIds.includes(value)));
  const placeId = usePlaceOf(place, giving);
  const date = day ?? today;
  const bookings = useQuery({ ...dayQuery(placeId ?? "", date), enabled: placeId !== undefined });
  const set = (change: Partial<Search>): void => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true });
  const opened = bookings.data?.items.find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.bookings")}
      actions={
        <>
          <FilterChoice label={t("office.orders.place")} value={placeId} options={giving} onChange={(next) => set({ place: next })} />
          <TextInput
            size="xs"
            type="date"
            aria-label={t("office.bookings.day")}
            value={date}
            onChange={({ currentTarget }) => set({ day: currentTarget.value || undefined, open: undefined })}
          />
        </>
      }
      beside={opened ? <BookingBeside key={opened.id} booking={opened} onClose={() => set({ open: undefined })} /> : null}
    >
      {placeId === undefined ? <EmptyState title={t("office.bookings.no_place")} text={t("office.bookings.no_place_text")} /> : null}
      {placeId !== undefined && bookings.isPending ? <TableSkeleton /> : null}
      {bookings.isError ? <ProblemNote error={bookings.error} onRetry={bookings.refetch} /> : null}
      {bookings.data?.items.length === 0 ? <EmptyState title={t("office.bookings.none")} text={t("office.bookings.none_text")} /> : null}
      {byAdviser(bookings.data?.items ?? []).map(([staffId, items]) => (
        <Section key={staffId} title={items[0]?.staffName ?? ""}>
          <DataTable
            label={items[0]?.staffName ?? ""}
            columns={columns()}
            rows={items}
            rowKey={({ id }) => id}
            linkOf={({ id }) => ({ to: "/bookings", search: { place, day, open: id } })}
            openKey={open}
          />
        </Section>
      ))}
    </Page>
  );
}

function byAdviser(items: readonly PlaceBookingView[]): (readonly [string, PlaceBookingView[]])[] {
  const names = ([, [first]]: readonly [string, PlaceBookingView[]]): string => first?.staffName ?? "";
  return [...Map.groupBy(items, ({ staffId }) => staffId)].sort((a, b) => names(a).localeCompare(names(b)));
}

function columns(): Column<PlaceBookingView>[] {
  return [
    {
      key: "time",
      label: t("office.bookings.time"),
      cell: ({ startsAt, timeZone }) => formatTime(startsAt, { timeZone }),
      text: ({ startsAt }) => startsAt,
    },
    {
      key: "customer",
      label: t("office.bookings.customer"),
      cell: ({ customerName }) => customerName ?? t("office.bookings.nameless"),
      text: ({ customerName }) => customerName,
    },
    {
      key: "service",
      label: t("office.bookings.service"),
      cell: ({ serviceName }) => inLanguage(serviceName),
      text: ({ serviceName }) => serviceName.en,
    },
    {
      key: "seats",
      label: t("office.bookings.people"),
      align: "end",
      isMinor: true,
      cell: ({ seats }) => seats,
      text: ({ seats }) => seats,
    },
    { key: "state", label: t("office.orders.state"), cell: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  ];
}
