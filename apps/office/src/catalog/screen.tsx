import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CategoryView, ProductView } from "@weft/contracts/client";
import { pictureSources } from "@weft/ui/app/picture-sources.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useCallback, useMemo, useState, type ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { usePlaceOptions } from "../common/places.ts";
import { inLanguage, priceText } from "../common/text.ts";
import { catalogRoute } from "../routes.tsx";
import type { readCatalogSearch } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./catalog.module.css";
import { categoriesQuery } from "./categories.ts";
import { FilesDialog } from "./files-dialog.tsx";
import { ProductBeside } from "./product-beside.tsx";

type Search = ReturnType<typeof readCatalogSearch>;

const productsQuery = ({ query, place, soldOut }: Omit<Search, "open">) =>
  pagedQuery(["catalog", "list", { query, place, soldOut }], (page, signal) => {
    const filter = {
      ...(query !== undefined && { query }),
      ...(place !== undefined && { placeId: place }),
      ...(soldOut && { soldOut: "true" as const }), // the contract knows "true" and "false"
    };
    return api.ask("catalog.listForOffice", { query: { ...page, ...filter, limit: PAGE_ROWS }, signal });
  });

/** What the chain sells: of one place with its stock and its switch "sold out", or of the whole chain. */
export function CatalogScreen(): ReactElement {
  const { open, ...filters } = catalogRoute.useSearch();
  const navigate = catalogRoute.useNavigate();
  const products = useInfiniteQuery(productsQuery(filters));
  const categories = useQuery(categoriesQuery).data?.items;
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const names = useMemo(() => new Map(categories?.map((category) => [category.id, category])), [categories]);
  return (
    <Page
      title={t("office.nav.catalog")}
      actions={
        <>
          <CatalogFilters filters={filters} onChange={set} />
          <KeepersActions />
        </>
      }
      beside={
        open === undefined ? null : <ProductBeside key={open} id={open} placeId={filters.place} onClose={() => set({ open: undefined })} />
      }
    >
      <PagedTable
        query={products}
        label={t("office.nav.catalog")}
        people={null}
        columns={columns(names, filters.place !== undefined)}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/catalog", search: { ...filters, open: id } })}
        openKey={open}
        empty={{ title: t("office.catalog.none") }}
      />
    </Page>
  );
}

/** What keepers of the catalog do beside looking. */
function KeepersActions() {
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may("catalog.saveEntry")) return null;
  return (
    <>
      <Link to="/catalog-choices">{t("office.catalog.choices")}</Link>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("office.catalog.files")}
      </Button>
      <Button renderRoot={(props) => <Link {...props} to="/catalog/$id" params={{ id: "new" }} />}>
        {t("office.catalog.new_product")}
      </Button>
      <FilesDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

type FiltersProps = { readonly filters: Omit<Search, "open">; readonly onChange: (change: Partial<Search>) => void };

function CatalogFilters({ filters, onChange }: FiltersProps) {
  const places = usePlaceOptions();
  const setQuery = useCallback((query: string | undefined) => onChange({ query }), [onChange]);
  return (
    <>
      <FilterText label={t("office.catalog.find")} value={filters.query} onChange={setQuery} />
      <FilterChoice label={t("office.orders.place")} value={filters.place} options={places} onChange={(place) => onChange({ place })} />
      {filters.place === undefined ? null : (
        <Link to="/labels" search={{ place: filters.place, query: filters.query }}>
          {t("office.nav.labels")}
        </Link>
      )}
      <Checkbox
        size="xs"
        label={t("office.catalog.only_sold_out")}
        checked={filters.soldOut !== undefined}
        onChange={({ currentTarget }) => onChange({ soldOut: currentTarget.checked ? "yes" : undefined })}
      />
    </>
  );
}

function columns(categories: ReadonlyMap<string, CategoryView>, isOfPlace: boolean): Column<ProductView>[] {
  const categoryName = ({ categoryId }: ProductView): string => {
    const category = categories.get(categoryId);
    return category ? inLanguage(category.name) : "";
  };
  const price = ({ variants }: ProductView): string => {
    const first = variants.find((variant) => variant.price)?.price;
    return first ? priceText(first) : "–";
  };
  return [
    {
      key: "name",
      label: t("office.stock.product"),
      cell: (product) => (
        <span className={styles.name}>
          {product.pictureUrl === null ? null : (
            <img {...pictureSources(product.pictureUrl, "32px")} alt="" width={32} height={32} loading="lazy" />
          )}
          {inLanguage(product.name)}
        </span>
      ),
      text: ({ name }) => inLanguage(name),
    },
    { key: "category", label: t("office.catalog.category"), isMinor: true, cell: categoryName, text: categoryName },
    {
      key: "sku",
      label: t("office.stock.sku"),
      isMinor: true,
      cell: ({ variants }) => <code>{skusOf(variants)}</code>,
      text: ({ variants }) => variants.map(({ sku }) => sku).join(" "),
    },
    { key: "price", label: t("office.catalog.price"), align: "end", cell: price, text: price },
    ...(isOfPlace ? [availableColumn()] : []),
    {
      key: "state",
      label: t("office.orders.state"),
      cell: (product) => <ProductStates product={product} isOfPlace={isOfPlace} />,
      text: ({ active }) => (active ? t("office.catalog.active") : t("office.catalog.inactive")),
    },
  ];
}

function availableColumn(): Column<ProductView> {
  const units = ({ variants }: ProductView): string => {
    const tracked = variants.filter(({ availability }) => availability.tracked);
    return tracked.length === 0
      ? t("office.catalog.to_order")
      : String(tracked.reduce((sum, { availability }) => sum + (availability.available ?? 0), 0));
  };
  return { key: "available", label: t("office.stock.available"), align: "end", cell: units, text: units };
}

function ProductStates({ product: { active, variants }, isOfPlace }: { readonly product: ProductView; readonly isOfPlace: boolean }) {
  const isSoldOut = variants.some(({ availability }) => availability.soldOut);
  const isHere = variants.some(({ availability }) => availability.inAssortment);
  return (
    <span className={styles.states}>
      {active ? null : <Badge tone="plain">{t("office.catalog.inactive")}</Badge>}
      {isSoldOut ? <Badge tone="bad">{t("office.catalog.sold_out")}</Badge> : null}
      {isOfPlace && !isHere ? <Badge tone="plain">{t("office.catalog.not_here")}</Badge> : null}
    </span>
  );
}

function skusOf(variants: ProductView["variants"]): string {
  const [first] = variants;
  return variants.length > 1 ? `${first?.sku ?? ""} +${variants.length - 1}` : (first?.sku ?? "");
}
