import { NativeSelect, Switch } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ProductView } from "@weft/contracts/client";
import { pictureSources } from "@weft/ui/app/picture-sources.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { usePlaceOptions } from "../common/places.ts";
import { inLanguage, priceText, wordOf } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { AssortmentSwitch } from "./assortment-switch.tsx";
import styles from "./catalog.module.css";
import { keepProduct } from "./keep.ts";
import { NamesForm } from "./names-form.tsx";
import { Parts } from "./parts.tsx";
import { SoldOutSwitch } from "./sold-out-switch.tsx";

const productQuery = (id: string, placeId: string | undefined) =>
  queryOptions({
    queryKey: ["catalog", "product", id, placeId],
    queryFn: ({ signal }) => api.ask("products.read", { params: { id }, query: placeId === undefined ? {} : { storeId: placeId }, signal }),
  });

type BesideProps = { readonly id: string; readonly placeId: string | undefined; readonly onClose: () => void };

/** One product: what is true of it at a place, and what it is called in each language. */
export function ProductBeside({ id, placeId, onClose }: BesideProps) {
  const [place, setPlace] = useState(placeId);
  const product = useQuery(productQuery(id, place));
  const may = useMay();
  if (product.isPending || product.isError)
    return (
      <Beside title={t("office.stock.product")} onClose={onClose}>
        {product.isError ? <ProblemNote error={product.error} onRetry={product.refetch} /> : <ScreenSkeleton />}
      </Beside>
    );
  return (
    <Beside title={inLanguage(product.data.name)} onClose={onClose}>
      <Head product={product.data} />
      <Part title={t("office.catalog.at_place")}>
        <PlaceChoice value={place} onChange={setPlace} />
        <AtPlace product={product.data} placeId={place} />
      </Part>
      {may("catalog.updateProduct") ? (
        <Part title={t("office.catalog.names")}>
          <NamesForm key={JSON.stringify([product.data.name, product.data.description])} product={product.data} />
        </Part>
      ) : null}
      {may("catalog.parts") ? (
        <Part title={t("office.catalog.parts")}>
          {product.data.variants.map((variant) => (
            <Parts key={variant.id} variant={variant} />
          ))}
        </Part>
      ) : null}
      <Options product={product.data} />
    </Beside>
  );
}

function Head({ product }: { readonly product: ProductView }) {
  return (
    <div className={styles.head}>
      {product.pictureUrl === null ? null : (
        <img className={styles.picture} {...pictureSources(product.pictureUrl, "88px")} alt="" width={88} height={88} />
      )}
      <div>
        <p className={form.quiet}>{inLanguage(product.description)}</p>
        <Link to="/catalog/$id" params={{ id: product.id }}>
          {t("office.catalog.edit_all")}
        </Link>
        <ActiveSwitch product={product} />
        <ShippableSwitch product={product} />
      </div>
    </div>
  );
}

function ActiveSwitch({ product }: { readonly product: ProductView }) {
  const may = useMay();
  const save = useAct(
    (active: boolean) => api.ask("catalog.updateProduct", { params: { id: product.id }, body: { active } }),
    [["catalog"]],
    keepProduct,
  );
  return (
    <Switch
      size="xs"
      label={t("office.catalog.active")}
      checked={product.active}
      disabled={!may("catalog.updateProduct") || save.isPending}
      onChange={({ currentTarget }) => save.mutate(currentTarget.checked)}
    />
  );
}

/** Whether it may go into a parcel. What is made to order never is, so there is nothing to switch. */
function ShippableSwitch({ product }: { readonly product: ProductView }) {
  const may = useMay();
  const save = useAct(
    (shippable: boolean) => api.ask("catalog.updateProduct", { params: { id: product.id }, body: { shippable } }),
    [["catalog"]],
    keepProduct,
  );
  if (!product.variants.some(({ availability }) => availability.tracked)) return null;
  const change = (shippable: boolean): void => {
    const name = inLanguage(product.name);
    const say = shippable ? t("office.catalog.now_shippable", { name }) : t("office.catalog.now_not_shippable", { name });
    save.act(shippable, () => showToast(say, () => save.mutate(!shippable)));
  };
  return (
    <Switch
      size="xs"
      label={t("office.catalog.shippable")}
      checked={product.shippable}
      disabled={!may("catalog.updateProduct") || save.isPending}
      onChange={({ currentTarget }) => change(currentTarget.checked)}
    />
  );
}

function PlaceChoice({ value, onChange }: { readonly value: string | undefined; readonly onChange: (value: string | undefined) => void }) {
  const places = usePlaceOptions();
  return (
    <NativeSelect
      size="xs"
      aria-label={t("office.orders.place")}
      value={value ?? ""}
      data={[{ value: "", label: t("office.catalog.choose_place") }, ...places]}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? undefined : currentTarget.value)}
    />
  );
}

/** Each variant with price and stock; at a place also its switch "sold out" and whether the place sells the product at all. */
function AtPlace({ product, placeId }: { readonly product: ProductView; readonly placeId: string | undefined }) {
  const may = useMay();
  return (
    <>
      {placeId !== undefined && may("catalog.setAssortment") ? <AssortmentSwitch product={product} placeId={placeId} /> : null}
      <ul className={form.rows}>
        {product.variants.map((variant) => (
          <li key={variant.id}>
            <span className={form.grow}>
              {inLanguage(variant.name) || inLanguage(product.name)} <small>{[variant.sku, ...variant.barcodes].join(" · ")}</small>
            </span>
            <small>
              {variant.availability.tracked
                ? variant.availability.available !== null &&
                  t("office.catalog.units", { count: formatNumber(variant.availability.available) })
                : t("office.catalog.to_order")}
            </small>
            <span>{variant.price ? priceText(variant.price) : "–"}</span>
            {placeId !== undefined && may("catalog.setSoldOut") ? <SoldOutSwitch variant={variant} placeId={placeId} /> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function Options({ product: { optionGroups, allergens, taxClass, prepSeconds } }: { readonly product: ProductView }) {
  return (
    <Part title={t("office.catalog.more")}>
      <Facts>
        {optionGroups.map((group) => (
          <Fact key={group.code} label={inLanguage(group.name)}>
            {group.values
              .map(({ name, soldOut }) => (soldOut ? t("office.catalog.option_sold_out", { name: inLanguage(name) }) : inLanguage(name)))
              .join(", ")}
          </Fact>
        ))}
        <Fact label={t("office.catalog.allergens")}>{allergens.join(", ")}</Fact>
        <Fact label={t("office.catalog.tax_class")}>{wordOf(`office.tax_class.${taxClass}`, taxClass)}</Fact>
        <Fact label={t("office.catalog.prep")}>
          {prepSeconds > 0 ? formatNumber(prepSeconds, { style: "unit", unit: "second" }) : null}
        </Fact>
      </Facts>
    </Part>
  );
}
