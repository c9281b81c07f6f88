import { Button, Checkbox } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ProductView } from "@weft/contracts/client";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useCallback, useState, type ReactElement } from "react";
import { languageOf } from "../../../../hub/src/modules/till/domain/index.ts";
import { api } from "../api.ts";
import { TableSkeleton } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { usePlace, usePlaceOptions } from "../common/places.ts";
import { labelsRoute } from "../routes.tsx";
import type { readLabelsSearch } from "../searches.ts";
import { t } from "../t.ts";
import { labelsOf, type Label } from "./label.ts";
import styles from "./labels.module.css";

type Search = ReturnType<typeof readLabelsSearch>;

/** The largest page that the hub gives, and how many of them a sheet is made of at most. */
const PAGE = 200;
const MOST_PAGES = 5;

const goodsQuery = (placeId: string, query: string | undefined) =>
  queryOptions({
    queryKey: ["labels", placeId, query],
    queryFn: async ({ signal }): Promise<ProductView[]> => {
      const products: ProductView[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const asked = { placeId, limit: PAGE, ...(query !== undefined && { query }), ...(cursor !== null && { cursor }) };
        const answer: { items: ProductView[]; nextCursor: string | null } = await api.ask("catalog.listForOffice", {
          query: asked,
          signal,
        });
        products.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === null) break;
      }
      return products;
    },
  });

/** Labels for the shelves of a store, to be printed: all of a search, or the ones that are ticked. */
export function LabelsScreen(): ReactElement {
  const { place, query } = labelsRoute.useSearch();
  const navigate = labelsRoute.useNavigate();
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const setQuery = useCallback((next: string | undefined) => set({ query: next }), [set]);
  return (
    <Page
      title={t("office.nav.labels")}
      actions={
        <>
          <FilterText label={t("office.catalog.find")} value={query} onChange={setQuery} />
          <FilterChoice
            label={t("office.orders.place")}
            value={place}
            options={usePlaceOptions()}
            onChange={(next) => set({ place: next })}
          />
        </>
      }
    >
      {place === undefined ? (
        <EmptyState title={t("office.labels.choose")} text={t("office.labels.choose_text")} />
      ) : (
        <Sheet key={place} placeId={place} query={query} />
      )}
    </Page>
  );
}

function Sheet({ placeId, query }: { readonly placeId: string; readonly query: string | undefined }) {
  const goods = useQuery(goodsQuery(placeId, query));
  const place = usePlace(placeId);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  if (goods.isError) return <ProblemNote error={goods.error} onRetry={goods.refetch} />;
  if (goods.isPending || !place) return <TableSkeleton />;
  const language = languageOf(place.address.country);
  const labels = labelsOf(goods.data, { language, storeId: placeId, origin: window.location.origin });
  const printed = labels.filter(({ sku }) => !left.has(sku));
  if (labels.length === 0) return <EmptyState title={t("office.labels.none")} text={t("office.labels.none_text")} />;
  const toggle = (sku: string): void => setLeft(new Set(left.has(sku) ? [...left].filter((each) => each !== sku) : [...left, sku]));
  const only = (sku: string): void => setLeft(new Set(labels.map((label) => label.sku).filter((each) => each !== sku)));
  return (
    <>
      <div className={styles.tools}>
        <span role="status">{t("office.labels.count", { count: printed.length })}</span>
        <Button variant="default" onClick={() => setLeft(left.size === 0 ? new Set(labels.map(({ sku }) => sku)) : new Set())}>
          {left.size === 0 ? t("office.labels.nobody") : t("office.labels.all")}
        </Button>
        <Button disabled={printed.length === 0} onClick={() => window.print()}>
          {t("office.labels.print")}
        </Button>
      </div>
      <ul className={styles.sheet} lang={language}>
        {labels.map((label) => (
          <li key={label.sku} data-left={left.has(label.sku) || undefined}>
            <Paper label={label} />
            <div className={styles.pick}>
              <Checkbox
                size="xs"
                label={t("office.labels.printed", { name: `${label.name} ${label.variant}`.trim() })}
                checked={!left.has(label.sku)}
                onChange={() => toggle(label.sku)}
              />
              <Button size="compact-xs" variant="subtle" onClick={() => only(label.sku)}>
                {t("office.labels.only")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The label itself, 70 by 37 millimeters on paper: 24 of them fit a sheet of A4. */
function Paper({ label: { name, variant, price, gtin, link } }: { readonly label: Label }) {
  return (
    <div className={styles.label}>
      <div>
        <strong>{name}</strong>
        {variant === "" ? null : <span>{variant}</span>}
        <small>{gtin}</small>
      </div>
      <span className={styles.price}>{price}</span>
      <QrCode text={link} label={link} size={88} />
    </div>
  );
}
