import { useInfiniteQuery } from "@tanstack/react-query";
import type { StockConflictView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import type { ReactElement } from "react";
import { PageLink } from "../common/page-link.tsx";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { usePlace } from "../common/places.ts";
import { shortId, wordOf } from "../common/text.ts";
import { conflictsRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { ConflictBeside } from "./conflict-beside.tsx";

const conflictsQuery = (state: "open" | "resolved") =>
  pagedQuery(["conflicts", "list", state], (page, signal) =>
    api.ask("stock.conflicts", { query: { ...page, state, limit: PAGE_ROWS }, signal }),
  );

/**
 * Promises that cannot be kept: a sale took goods of somebody else, because the till never refuses what a customer holds in the hand, or goods that
 * orders wait for do not come.
 */
export function ConflictsScreen(): ReactElement {
  const { open, ...filters } = conflictsRoute.useSearch();
  const state = filters.state ?? "open";
  const may = useMay();
  const navigate = conflictsRoute.useNavigate();
  const conflicts = useInfiniteQuery(conflictsQuery(state));
  const conflict = conflicts.data?.pages.flatMap((page) => page.items).find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.conflicts")}
      actions={
        <FilterChoice
          label={t("office.orders.state")}
          value={state}
          options={[
            { value: "open", label: t("office.conflict.open") },
            { value: "resolved", label: t("office.conflict.resolved") },
          ]}
          onChange={(next) => void navigate({ search: { state: next }, replace: true })}
        />
      }
      beside={
        conflict && may("stock.conflictOrders") ? (
          <ConflictBeside key={conflict.id} conflict={conflict} onClose={() => void navigate({ search: filters, replace: true })} />
        ) : null
      }
    >
      <PagedTable
        query={conflicts}
        label={t("office.nav.conflicts")}
        people={null}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/conflicts", search: { ...filters, open: id } })}
        openKey={open}
        empty={{ title: t("office.conflict.none"), text: t("office.conflict.none_text") }}
      />
    </Page>
  );
}

function columns(): Column<StockConflictView>[] {
  return [
    {
      key: "sku",
      label: t("office.stock.sku"),
      cell: ({ sku, placeId }) => <SkuLink sku={sku} placeId={placeId} />,
      text: ({ sku }) => sku,
    },
    { key: "place", label: t("office.orders.place"), cell: ({ placeId }) => <PlaceOf id={placeId} />, text: ({ placeId }) => placeId },
    {
      key: "missing",
      label: t("office.conflict.missing"),
      align: "end",
      cell: ({ missing }) => formatNumber(missing),
      text: ({ missing }) => missing,
    },
    {
      key: "cause",
      label: t("office.conflict.cause"),
      cell: (conflict) => <Cause conflict={conflict} />,
      text: ({ causeType, causeId }) => `${causeType} ${causeId}`,
    },
    { key: "at", label: t("office.when"), cell: ({ at }) => <TimeAgo at={at} />, text: ({ at }) => at },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state }) => <Badge tone={state === "open" ? "bad" : "good"}>{t(`office.conflict.${state}`)}</Badge>,
      text: ({ state }) => t(`office.conflict.${state}`),
    },
  ];
}

function SkuLink({ sku, placeId }: { readonly sku: string; readonly placeId: string }) {
  return (
    <PageLink to="/stock" search={{ query: sku, place: placeId }}>
      {sku}
    </PageLink>
  );
}

function PlaceOf({ id }: { readonly id: string }) {
  return <>{usePlace(id)?.name ?? shortId(id)}</>;
}

function DeclinedBy({ placeId }: { readonly placeId: string }) {
  return <>{t("office.cause.declined", { place: usePlace(placeId)?.name ?? shortId(placeId) })}</>;
}

function Cause({ conflict: { causeType, causeId } }: { readonly conflict: StockConflictView }) {
  if (causeType === "declined") return <DeclinedBy placeId={causeId} />;
  const say = `${wordOf(`office.cause.${causeType}`, causeType)} ${shortId(causeId)}`;
  if (causeType !== "order") return <>{say}</>;
  return (
    <PageLink to="/orders" search={{ open: causeId }}>
      {say}
    </PageLink>
  );
}
