import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { useCallback, useState, type ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { placesQuery, useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import orders from "../orders/orders.module.css";
import { shippingRoute } from "../routes.tsx";
import type { readShippingSearch } from "../searches.ts";
import { t } from "../t.ts";
import { SHIPPING_LISTS, shipmentsQuery } from "./queries.ts";
import { ShipmentBadge } from "./shipment-badge.tsx";
import { ShipmentBeside } from "./shipment-beside.tsx";

type Search = ReturnType<typeof readShippingSearch>;

/** What a place has to pack and to send, live: the oldest first. */
export function ShippingScreen(): ReactElement {
  const { place, list, query, open } = shippingRoute.useSearch();
  const navigate = shippingRoute.useNavigate();
  const places = useOwnPlaceOptions();
  const warehouse = useQuery(placesQuery).data?.places.find(({ id, kind }) => kind !== "store" && places.some(({ value }) => value === id));
  const placeId = place ?? warehouse?.id ?? places[0]?.value;
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const setQuery = useCallback((text: string | undefined) => set({ query: text }), [set]);
  return (
    <Page
      title={t("office.nav.shipping")}
      actions={
        <>
          <FilterText label={t("office.orders.find")} value={query} onChange={setQuery} />
          <FilterChoice label={t("office.orders.place")} value={placeId} options={places} onChange={(next) => set({ place: next })} />
          <FilterChoice
            label={t("office.orders.state")}
            value={list ?? "open"}
            options={SHIPPING_LISTS.map((value) => ({ value, label: t(`office.shipping.list.${value}`) }))}
            onChange={(next) => set({ list: next })}
          />
        </>
      }
      beside={
        open === undefined || placeId === undefined ? null : (
          <ShipmentBeside
            key={open}
            id={open}
            placeId={placeId}
            list={list ?? "open"}
            query={query}
            onClose={() => set({ open: undefined })}
          />
        )
      }
    >
      {placeId === undefined ? (
        <EmptyState title={t("office.shipping.no_place")} text={t("office.shipping.no_place_text")} />
      ) : (
        <List placeId={placeId} search={{ place, list, query, open }} />
      )}
    </Page>
  );
}

function List({ placeId, search }: { readonly placeId: string; readonly search: Search }) {
  useLive(`work/${placeId}`);
  const { list, query, open } = search;
  return (
    <PagedTable
      query={useInfiniteQuery(shipmentsQuery(placeId, list ?? "open", query))}
      label={t("office.nav.shipping")}
      people={{ list: "shipments" }}
      columns={columns()}
      rowKey={({ id }) => id}
      linkOf={({ id }) => ({ to: "/shipping", search: { ...search, open: id } })}
      openKey={open}
      empty={{ title: t("office.shipping.none"), text: t("office.shipping.none_text") }}
    />
  );
}

function columns(): Column<FulfillmentView>[] {
  return [
    {
      key: "number",
      label: t("office.orders.number"),
      cell: ({ orderNumber }) => <span className={orders.number}>{orderNumber}</span>,
      text: ({ orderNumber }) => orderNumber,
    },
    {
      key: "by",
      label: t("office.shipping.leaves_by"),
      cell: ({ delivery }) => (delivery?.shipBy ? <LeavesBy at={delivery.shipBy} /> : null),
      text: ({ delivery }) => delivery?.shipBy ?? null,
    },
    {
      key: "way",
      label: t("office.shipping.way"),
      cell: ({ delivery }) => (delivery ? `${inLanguage(delivery.methodName)} · ${delivery.country}` : null),
      text: ({ delivery }) => (delivery ? `${delivery.methodName.en} ${delivery.country}` : null),
    },
    {
      key: "items",
      label: t("office.orders.items"),
      isMinor: true,
      cell: ({ lines }) => lines.map(({ quantity, name }) => `${quantity} × ${inLanguage(name)}`).join(", "),
      text: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state }) => <ShipmentBadge state={state} />,
      text: ({ state }) => state,
    },
  ];
}

/** Late is said in words and in color. */
function LeavesBy({ at }: { readonly at: string }) {
  const [now] = useState(() => new Date());
  const isLate = new Date(at) < now;
  return isLate ? <Badge tone="bad">{formatDateTime(at)}</Badge> : <>{formatDateTime(at)}</>;
}
