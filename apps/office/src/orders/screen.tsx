import { TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { channelName } from "@weft/ui/kit/channel-icon.tsx";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { useCallback, type ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { pagedQuery } from "../common/paged.ts";
import { useOwnPlaceOptions } from "../common/places.ts";
import { ordersRoute } from "../routes.tsx";
import { CHANNEL_KINDS, ORDER_STATES, type readOrdersSearch } from "../searches.ts";
import { t } from "../t.ts";
import { orderColumns } from "./columns.tsx";
import { OrderBeside } from "./order-beside.tsx";

type Search = ReturnType<typeof readOrdersSearch>;

const ordersQuery = ({ query, place, channel, state, from, to }: Omit<Search, "open">) =>
  pagedQuery(["orders", "list", { query, place, channel, state, from, to }], (page, signal) => {
    const filter = {
      ...(query !== undefined && { query }),
      ...(place !== undefined && { placeId: place }),
      ...(channel && { channelKind: channel }),
      ...(state && { state }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    };
    return api.ask("orders.list", { query: { ...page, ...filter }, signal });
  });

/** The order book: every channel's orders in one list, each opened beside it. */
export function OrdersScreen(): ReactElement {
  const { open, ...filters } = ordersRoute.useSearch();
  const navigate = ordersRoute.useNavigate();
  const orders = useInfiniteQuery(ordersQuery(filters));
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  return (
    <Page
      title={t("office.nav.orders")}
      actions={<OrderFilters filters={filters} onChange={set} />}
      beside={open === undefined ? null : <OrderBeside key={open} id={open} onClose={() => set({ open: undefined })} />}
    >
      <PagedTable
        query={orders}
        label={t("office.nav.orders")}
        people={{ list: "orders" }}
        columns={orderColumns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/orders", search: { ...filters, open: id } })}
        openKey={open}
        empty={{ title: t("office.orders.empty"), text: t("office.orders.empty_text") }}
      />
    </Page>
  );
}

type FiltersProps = { readonly filters: Omit<Search, "open">; readonly onChange: (change: Partial<Search>) => void };

function OrderFilters({ filters, onChange }: FiltersProps) {
  const places = useOwnPlaceOptions();
  const setQuery = useCallback((query: string | undefined) => onChange({ query }), [onChange]);
  return (
    <>
      <FilterText label={t("office.orders.find")} value={filters.query} onChange={setQuery} />
      <FilterChoice label={t("office.orders.place")} value={filters.place} options={places} onChange={(place) => onChange({ place })} />
      <FilterChoice
        label={t("office.orders.channel")}
        value={filters.channel}
        options={CHANNEL_KINDS.map((kind) => ({ value: kind, label: channelName(kind) }))}
        onChange={(channel) => onChange({ channel })}
      />
      <FilterChoice
        label={t("office.orders.state")}
        value={filters.state}
        options={ORDER_STATES.map((state) => ({ value: state, label: t(`office.order.state.${state}`) }))}
        onChange={(state) => onChange({ state })}
      />
      <Day label={t("office.orders.from")} value={filters.from} onChange={(from) => onChange({ from })} />
      <Day label={t("office.orders.to")} value={filters.to} onChange={(to) => onChange({ to })} />
    </>
  );
}

type DayProps = { readonly label: string; readonly value: string | undefined; readonly onChange: (value: string | undefined) => void };

function Day({ label, value, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      title={label}
      value={value ?? ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? undefined : currentTarget.value)}
    />
  );
}
