import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReturnRequestView, ReturnView } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon, channelName } from "@weft/ui/kit/channel-icon.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { useCallback, type ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { pagedQuery } from "../common/paged.ts";
import { useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import orders from "../orders/orders.module.css";
import { returnsRoute } from "../routes.tsx";
import { CHANNEL_KINDS, RETURN_LISTS, type readReturnsSearch } from "../searches.ts";
import { t } from "../t.ts";
import { RequestBadge } from "./request-badge.tsx";
import { RequestBeside } from "./request-beside.tsx";

type Search = ReturnType<typeof readReturnsSearch>;
type Filters = Omit<Search, "open">;

const filterOf = ({ place, channel }: Filters) => ({
  ...(place !== undefined && { placeId: place }),
  ...(channel && { channelKind: channel }),
});

const requestsQuery = (filters: Filters, state: "open" | "accepted" | "refused" | "canceled") =>
  pagedQuery(["return-requests", { ...filters, state }], (page, signal) =>
    api.ask("returns.requests", { query: { ...page, ...filterOf(filters), state }, signal }),
  );

const takenQuery = (filters: Filters) =>
  pagedQuery(["returns", "list", filters], (page, signal) => api.ask("returns.list", { query: { ...page, ...filterOf(filters) }, signal }));

/** All that comes back: what was announced and waits for somebody, what became of it, and what was taken at any counter. */
export function ReturnsScreen(): ReactElement {
  const { open, ...filters } = returnsRoute.useSearch();
  const navigate = returnsRoute.useNavigate();
  const places = useOwnPlaceOptions();
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  return (
    <Page
      title={t("office.nav.returns")}
      actions={
        <>
          <FilterChoice label={t("office.orders.place")} value={filters.place} options={places} onChange={(place) => set({ place })} />
          <FilterChoice
            label={t("office.orders.channel")}
            value={filters.channel}
            options={CHANNEL_KINDS.map((kind) => ({ value: kind, label: channelName(kind) }))}
            onChange={(channel) => set({ channel })}
          />
          <FilterChoice
            label={t("office.orders.state")}
            value={filters.list ?? "open"}
            options={RETURN_LISTS.map((value) => ({ value, label: t(`office.returns.list.${value}`) }))}
            onChange={(list) => set({ list, open: undefined })}
          />
        </>
      }
      beside={open === undefined ? null : <RequestBeside key={open} id={open} onClose={() => set({ open: undefined })} />}
    >
      {filters.list === "taken" ? <Taken filters={filters} /> : <Requests filters={filters} open={open} />}
    </Page>
  );
}

function Requests({ filters, open }: { readonly filters: Filters; readonly open: string | undefined }) {
  const list = filters.list === undefined || filters.list === "taken" ? "open" : filters.list;
  return (
    <PagedTable
      query={useInfiniteQuery(requestsQuery(filters, list))}
      label={t("office.nav.returns")}
      columns={requestColumns()}
      rowKey={({ id }) => id}
      linkOf={({ id }) => ({ to: "/returns", search: { ...filters, open: id } })}
      openKey={open}
      empty={{ title: t("office.returns.none"), text: t("office.returns.none_text") }}
    />
  );
}

function Taken({ filters }: { readonly filters: Filters }) {
  return (
    <PagedTable
      query={useInfiniteQuery(takenQuery(filters))}
      label={t("office.nav.returns")}
      columns={takenColumns()}
      rowKey={({ id }) => id}
      // Goods without proof have no order: their customer is what there is to open.
      linkOf={({ orderId, isUnproven, customerId }) =>
        isUnproven && customerId !== null
          ? { to: "/customers/$id", params: { id: customerId } }
          : { to: "/orders", search: { open: orderId ?? undefined } }
      }
      openKey={undefined}
      empty={{ title: t("office.returns.none"), text: t("office.returns.none_text") }}
    />
  );
}

function requestColumns(): Column<ReturnRequestView>[] {
  return [
    {
      key: "number",
      label: t("office.orders.number"),
      cell: ({ number }) => <span className={orders.number}>{number}</span>,
      text: ({ number }) => number,
    },
    {
      key: "since",
      label: t("office.returns.since"),
      cell: ({ requestedAt }) => <TimeAgo at={requestedAt} />,
      text: ({ requestedAt }) => requestedAt,
    },
    {
      key: "channel",
      label: t("office.orders.channel"),
      isMinor: "on a phone",
      cell: ({ channelKind }) => <ChannelIcon kind={channelKind} />,
      text: ({ channelKind }) => channelName(channelKind),
    },
    {
      key: "way",
      label: t("office.returns.way"),
      isMinor: true,
      cell: ({ way, placeName }) => [t(`office.returns.way.${way}`), placeName ?? t("office.returns.any_store")].join(" · "),
      text: ({ way, placeName }) => [way, placeName].filter(Boolean).join(" "),
    },
    {
      key: "items",
      label: t("office.orders.items"),
      isMinor: true,
      cell: ({ lines }) => lines.map(({ quantity, name }) => `${quantity} × ${inLanguage(name)}`).join(", "),
      text: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
    },
    { key: "state", label: t("office.orders.state"), cell: ({ state }) => <RequestBadge state={state} />, text: ({ state }) => state },
  ];
}

function takenColumns(): Column<ReturnView>[] {
  return [
    {
      key: "number",
      label: t("office.orders.number"),
      cell: ({ number, sourceNumber }) => <span className={orders.number}>{number ?? sourceNumber}</span>,
      text: ({ number, sourceNumber }) => number ?? sourceNumber,
    },
    {
      key: "at",
      label: t("office.returns.taken_at"),
      cell: ({ returnedAt, timeZone }) => formatDateTime(returnedAt, { timeZone, style: "short" }),
      text: ({ returnedAt }) => returnedAt,
    },
    {
      key: "place",
      label: t("office.orders.place"),
      isMinor: true,
      cell: ({ placeName }) => placeName,
      text: ({ placeName }) => placeName,
    },
    {
      key: "order",
      label: t("office.returns.order"),
      isMinor: true,
      cell: ({ orderNumber, isUnproven }) => (isUnproven ? t("office.returns.unproven") : orderNumber),
      text: ({ orderNumber, isUnproven }) => (isUnproven ? t("office.returns.unproven") : orderNumber),
    },
    {
      key: "items",
      label: t("office.orders.items"),
      isMinor: true,
      cell: ({ lines }) => lines.map(({ quantity, name }) => `${quantity} × ${inLanguage(name)}`).join(", "),
      text: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
    },
    { key: "total", label: t("office.orders.total"), cell: ({ total }) => formatMoney(total), text: ({ total }) => total.amount },
  ];
}
