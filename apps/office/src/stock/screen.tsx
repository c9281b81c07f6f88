import { Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { StockLevelView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { useCallback, type ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { stockRoute } from "../routes.tsx";
import type { readStockSearch } from "../searches.ts";
import { t } from "../t.ts";
import { LevelBeside } from "./level-beside.tsx";
import { StockBar } from "./stock-bar.tsx";

type Search = ReturnType<typeof readStockSearch>;

const stockQuery = ({ query, place, low }: Omit<Search, "open">) =>
  pagedQuery(["stock", "list", { query, place, low }], (page, signal) => {
    const filter = {
      ...(query !== undefined && { query }),
      ...(place !== undefined && { placeId: place }),
      ...(low && { low: "true" as const }),
    }; // the contract knows this one word
    return api.ask("stock.list", { query: { ...page, ...filter, limit: PAGE_ROWS }, signal });
  });

const keyOf = (level: Pick<StockLevelView, "variantId" | "placeId">): string => `${level.variantId}.${level.placeId}`;

/** What is where, and of that what is promised, held and kept back. */
export function StockScreen(): ReactElement {
  const { open, ...filters } = stockRoute.useSearch();
  const navigate = stockRoute.useNavigate();
  const levels = useInfiniteQuery(stockQuery(filters));
  const places = useOwnPlaceOptions();
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const setQuery = useCallback((query: string | undefined) => set({ query }), [set]);
  const level = levels.data?.pages.flatMap((page) => page.items).find((each) => keyOf(each) === open);
  return (
    <Page
      title={t("office.nav.stock")}
      actions={
        <>
          <FilterText label={t("office.stock.find")} value={filters.query} onChange={setQuery} />
          <FilterChoice label={t("office.orders.place")} value={filters.place} options={places} onChange={(place) => set({ place })} />
          <Checkbox
            size="xs"
            label={t("office.stock.low")}
            checked={filters.low !== undefined}
            onChange={({ currentTarget }) => set({ low: currentTarget.checked ? "yes" : undefined })}
          />
        </>
      }
      beside={level ? <LevelBeside key={open} level={level} onClose={() => set({ open: undefined })} /> : null}
    >
      <PagedTable
        query={levels}
        label={t("office.nav.stock")}
        people={null}
        columns={columns()}
        rowKey={keyOf}
        linkOf={(row) => ({ to: "/stock", search: { ...filters, open: keyOf(row) } })}
        openKey={open}
        empty={{ title: t("office.stock.none") }}
      />
    </Page>
  );
}

function columns(): Column<StockLevelView>[] {
  const count = (key: "onHand" | "allocated" | "held" | "safety"): Column<StockLevelView> => ({
    key,
    label: t(`office.stock.${key}`),
    align: "end",
    isMinor: true,
    cell: (level) => formatNumber(level[key]),
    text: (level) => level[key],
  });
  return [
    { key: "name", label: t("office.stock.product"), cell: ({ name }) => inLanguage(name), text: ({ name }) => inLanguage(name) },
    { key: "sku", label: t("office.stock.sku"), isMinor: true, cell: ({ sku }) => <code>{sku}</code>, text: ({ sku }) => sku },
    { key: "place", label: t("office.orders.place"), cell: ({ placeName }) => placeName, text: ({ placeName }) => placeName },
    { key: "bar", label: t("office.stock.parts"), isMinor: true, cell: (level) => <StockBar level={level} /> },
    count("onHand"),
    count("allocated"),
    count("held"),
    count("safety"),
    {
      key: "available",
      label: t("office.stock.available"),
      align: "end",
      cell: ({ available }) => <strong>{formatNumber(available)}</strong>,
      text: ({ available }) => available,
    },
  ];
}
