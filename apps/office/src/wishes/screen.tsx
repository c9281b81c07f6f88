import { useQuery } from "@tanstack/react-query";
import type { WishedGoodsView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { wishesRoute } from "../routes.tsx";
import { t } from "../t.ts";
import { Offers } from "./offers.tsx";

const MOST = 100;

/** What customers want most: who waits for it, and who has saved it, near a store or everywhere, without names; and for whom what is back is held now. */
export function WishesScreen(): ReactElement {
  const { place } = wishesRoute.useSearch();
  const navigate = wishesRoute.useNavigate();
  const demand = useQuery({
    queryKey: ["wish-demand", place ?? "all"],
    queryFn: ({ signal }) => api.ask("wishes.demand", { query: { limit: MOST, ...(place !== undefined && { storeId: place }) }, signal }),
    refetchInterval: 30_000,
  });
  return (
    <Page
      title={t("office.nav.wishes")}
      actions={
        <FilterChoice
          label={t("office.wish.near")}
          value={place}
          options={useOwnPlaceOptions()}
          onChange={(next) => void navigate({ search: next === undefined ? {} : { place: next }, replace: true })}
        />
      }
    >
      <Offers placeId={place} />
      {demand.isPending ? <ScreenSkeleton /> : null}
      {demand.isError ? <ProblemNote error={demand.error} onRetry={demand.refetch} /> : null}
      {demand.data?.items.length === 0 ? <EmptyState title={t("office.wish.none")} text={t("office.wish.none_text")} /> : null}
      {demand.data && demand.data.items.length > 0 ? (
        <DataTable label={t("office.nav.wishes")} columns={columns()} rows={demand.data.items} rowKey={({ variantId }) => variantId} />
      ) : null}
    </Page>
  );
}

function columns(): Column<WishedGoodsView>[] {
  const count = (key: "wanted" | "waiting" | "saved"): Column<WishedGoodsView> => ({
    key,
    label: t(`office.wish.${key}`),
    align: "end",
    cell: (row) => formatNumber(row[key]),
    text: (row) => row[key],
  });
  return [
    { key: "name", label: t("office.wish.goods"), cell: ({ name }) => inLanguage(name), text: ({ name }) => inLanguage(name) },
    { key: "sku", label: "SKU", isMinor: true, cell: ({ sku }) => sku, text: ({ sku }) => sku },
    count("wanted"),
    count("waiting"),
    count("saved"),
    {
      key: "there",
      label: t("office.wish.there"),
      cell: ({ canBuy }) => <Badge tone={canBuy ? "good" : "warn"}>{t(canBuy ? "office.wish.can_buy" : "office.wish.away")}</Badge>,
      text: ({ canBuy }) => String(canBuy),
    },
  ];
}
