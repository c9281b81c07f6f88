import { useMemo, useState } from "react";
import type { KioskView, ProductView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { pictureSources } from "@weft/ui/app/picture-sources.ts";
import { promotionLine } from "@weft/ui/app/shown-promotion.ts";
import { useTurn } from "@weft/ui/app/use-turn.ts";
import { PriceTag } from "@weft/ui/kit/price-tag.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { catalogQuery, type Catalog } from "../catalog/catalog.ts";
import { priceText, textOf } from "../common/text.ts";
import { t } from "../t.ts";
import { CartBar } from "./cart-bar.tsx";
import { ProductSheet } from "./product-sheet.tsx";
import { isGone, shelvesOf } from "./shelf.ts";
import styles from "./kiosk.module.css";

type MenuProps = { readonly kiosk: KioskView; readonly catalog: Catalog | undefined };

/** The menu of this time of the day, a category at a time; what is chosen already is one tap away. */
export function MenuScreen({ kiosk: { placeId }, catalog }: MenuProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, setOpened] = useState<ProductView | null>(null);
  const shelves = useMemo(() => (catalog ? shelvesOf(catalog) : []), [catalog]);
  useTurn(
    (catalog?.products ?? []).flatMap(({ variants }) => variants.map(({ availability }) => availability.served?.changesAt)),
    () => void api.queries.invalidateQueries({ queryKey: catalogQuery(placeId).queryKey }),
  );
  if (!catalog) return <Skeleton height="24rem" />;
  const shelf = shelves.find(({ category }) => category.id === chosen) ?? shelves[0];
  // A price or a sold-out mark may come while it is open.
  const product = opened && catalog.products.find(({ id }) => id === opened.id);
  return (
    <div className={styles.menu}>
      <nav className={styles.categories} aria-label={t("till.sell.categories")}>
        {shelves.map(({ category }) => (
          <button key={category.id} type="button" aria-pressed={category.id === shelf?.category.id} onClick={() => setChosen(category.id)}>
            {textOf(category.name)}
          </button>
        ))}
      </nav>
      <section className={styles.shelf} aria-labelledby="shelf-title">
        {shelf ? (
          <>
            <h1 id="shelf-title">{textOf(shelf.category.name)}</h1>
            <ul>
              {shelf.products.map((each) => (
                <li key={each.id}>
                  <Tile product={each} onTap={() => setOpened(each)} />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <EmptyState title={t("till.kiosk.nothing_served")} text={t("till.kiosk.nothing_served_text")} />
        )}
      </section>
      <CartBar />
      {product ? <ProductSheet key={product.id} product={product} placeId={placeId} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}

function Tile({ product, onTap }: { readonly product: ProductView; readonly onTap: () => void }) {
  const { name, pictureUrl, promotions } = product;
  const isAway = isGone(product);
  const variant = product.variants.find(({ price }) => price !== null);
  const [promotion] = promotions;
  return (
    <button type="button" className={styles.tile} disabled={isAway} data-product={product.slug} onClick={onTap}>
      {pictureUrl === null ? (
        <span className={styles.picture} aria-hidden />
      ) : (
        <img
          className={styles.picture}
          {...pictureSources(pictureUrl, "280px")}
          alt=""
          loading="lazy"
          width={280}
          height={180}
          // One that did not come is left out, not shown broken.
          onError={({ currentTarget }) => (currentTarget.style.visibility = "hidden")}
        />
      )}
      <span className={styles.name}>{textOf(name)}</span>
      <span className={styles.price}>
        {isAway ? (
          <Badge tone="warn">{t("till.sold_out.note")}</Badge>
        ) : variant?.price ? (
          <PriceTag price={priceText(variant.price)} reduced={variant.reduced ? priceText(variant.reduced.price) : undefined} />
        ) : null}
        {variant?.deposit && !isAway ? <small>{depositText({ name: variant.deposit.name, total: variant.deposit.amount })}</small> : null}
      </span>
      {promotion && !isAway ? <small className={styles.promotion}>{promotionLine(promotion)}</small> : null}
    </button>
  );
}
