import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { STOCK_DOCUMENT_KINDS, type OperationId, type StockDocumentRowView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import type { ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { useOwnPlaceOptions } from "../common/places.ts";
import { goodsRoute } from "../routes.tsx";
import type { readGoodsSearch } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { AskedBeside } from "./asked-beside.tsx";
import { DocumentBeside } from "./document-beside.tsx";
import { NewBeside } from "./new-beside.tsx";
import { documentsQuery } from "./queries.ts";

type Search = ReturnType<typeof readGoodsSearch>;

/** What each kind of document is made by. */
const MAKES: Readonly<Record<StockDocumentRowView["kind"], OperationId>> = {
  delivery: "stock.receiveDelivery",
  waste: "stock.wasteGoods",
  transfer: "stock.dispatchTransfer",
  count: "stock.startCount",
};

/** Deliveries, waste, transfers and counts: what moved stock besides sales, and what is on its way. */
export function GoodsScreen(): ReactElement {
  const { document, make, asked, ...filters } = goodsRoute.useSearch();
  const navigate = goodsRoute.useNavigate();
  const may = useMay();
  const places = useOwnPlaceOptions();
  const documents = useInfiniteQuery(documentsQuery(filters));
  const set = (change: Partial<Search>): void => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true });
  return (
    <Page
      title={t("office.nav.goods")}
      actions={
        <>
          <FilterChoice
            label={t("office.goods.kind")}
            value={filters.kind}
            options={STOCK_DOCUMENT_KINDS.map((value) => ({ value, label: t(`office.goods.kind_${value}`) }))}
            onChange={(kind) => set({ kind })}
          />
          <FilterChoice label={t("office.orders.place")} value={filters.place} options={places} onChange={(place) => set({ place })} />
          <Checkbox
            size="xs"
            label={t("office.goods.open_only")}
            checked={filters.open !== undefined}
            onChange={({ currentTarget }) => set({ open: currentTarget.checked ? "yes" : undefined })}
          />
          <Button size="xs" variant="default" onClick={() => set({ asked: "yes", make: undefined, document: undefined })}>
            {t("office.goods.asked")}
          </Button>
          {STOCK_DOCUMENT_KINDS.filter((kind) => may(MAKES[kind])).map((kind) => (
            <Button key={kind} size="xs" variant="default" onClick={() => set({ make: kind, document: undefined, asked: undefined })}>
              {t(`office.goods.new_${kind}`)}
            </Button>
          ))}
        </>
      }
      beside={
        make !== undefined ? (
          <NewBeside
            key={make}
            kind={make}
            onClose={() => set({ make: undefined })}
            onMade={(id) => set({ make: undefined, document: id })}
          />
        ) : asked !== undefined ? (
          <AskedBeside place={filters.place} onClose={() => set({ asked: undefined })} />
        ) : document !== undefined ? (
          <DocumentBeside key={document} id={document} onClose={() => set({ document: undefined })} />
        ) : null
      }
    >
      <PagedTable
        query={documents}
        label={t("office.nav.goods")}
        people={null}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/goods", search: { ...filters, document: id } })}
        openKey={document}
        empty={{ title: t("office.goods.none"), text: t("office.goods.none_text") }}
      />
    </Page>
  );
}

function columns(): Column<StockDocumentRowView>[] {
  return [
    {
      key: "document",
      label: t("office.goods.document"),
      cell: ({ kind, number }) => t(`office.goods.title_${kind}`, { number }),
      text: ({ kind, number }) => t(`office.goods.title_${kind}`, { number }),
    },
    { key: "place", label: t("office.orders.place"), cell: wayOf, text: wayOf },
    {
      key: "about",
      label: t("office.goods.about"),
      isMinor: true,
      cell: aboutOf,
      text: aboutOf,
    },
    {
      key: "units",
      label: t("office.stock.quantity"),
      align: "end",
      isMinor: "on a phone",
      cell: ({ units }) => formatNumber(units),
      text: ({ units }) => units,
    },
    {
      key: "difference",
      label: t("office.goods.difference"),
      align: "end",
      cell: ({ difference }) =>
        difference === null || difference === 0 ? "" : <Badge tone="warn">{formatNumber(difference, { signDisplay: "exceptZero" })}</Badge>,
      text: ({ difference }) => difference,
    },
    { key: "by", label: t("office.goods.by"), isMinor: true, cell: ({ createdBy }) => createdBy ?? "", text: ({ createdBy }) => createdBy },
    {
      key: "at",
      label: t("office.when"),
      isMinor: "on a phone",
      cell: ({ createdAt }) => <TimeAgo at={createdAt} />,
      text: ({ createdAt }) => createdAt,
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state }) => (
        <Badge tone={state === "done" ? "good" : state === "discarded" ? "plain" : "warn"}>{t(`office.goods.state.${state}`)}</Badge>
      ),
      text: ({ state }) => t(`office.goods.state.${state}`),
    },
  ];
}

const wayOf = ({ fromPlaceName, placeName }: StockDocumentRowView): string =>
  fromPlaceName === null ? placeName : t("office.goods.way", { from: fromPlaceName, to: placeName });

const aboutOf = ({ partner, reason, note }: StockDocumentRowView): string =>
  [partner, reason && t(`office.goods.reason.${reason}`), note].filter(Boolean).join(" · ");
