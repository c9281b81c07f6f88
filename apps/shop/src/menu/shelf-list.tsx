import type { ProductSummaryView } from "@weft/contracts/client";
import { useDeferredValue } from "react";
import { useAddress } from "../router/router.tsx";
import { useStore } from "../stores/stores.ts";
import { inLanguage } from "../text.ts";
import { t } from "../t.ts";
import { ProductCard } from "./product-card.tsx";
import { useSeenShelf } from "./seen-shelf.ts";
import type { Shelf } from "./shelves.ts";
import styles from "./shelf-list.module.css";

/** Enough to fill a tall screen. */
const FIRST_SHELVES = 2;
/** Cards in the first sight of a phone. */
const FIRST_CARDS = 4;

type Props = {
  /** Null for the results of a search, which stand in the order of their fit. */
  readonly shelves: readonly Shelf[] | null;
  readonly products: readonly ProductSummaryView[];
  readonly storeId: string | undefined;
};

/** The shelves one below the other, and the chips that lead to them. */
export function ShelfList({ shelves, products, storeId }: Props) {
  // What is in sight is drawn at once, the rest while the reader looks: a hundred cards in one go hold up a phone's first tap.
  const drawn = useDeferredValue(shelves, null) ?? shelves?.slice(0, FIRST_SHELVES);
  if (!shelves || !drawn) return <ProductGrid products={products} storeId={storeId} label={t("shop.search.results")} isFirst />;
  return (
    <>
      <ShelfChips shelves={shelves} drawn={drawn} />
      {drawn.map(({ category, products: own }, nth) => (
        <section
          key={category.id}
          id={anchorOf(category.code)}
          className={styles.shelf}
          aria-labelledby={`${anchorOf(category.code)}-title`}
        >
          <h2 id={`${anchorOf(category.code)}-title`}>{inLanguage(category.name)}</h2>
          <ProductGrid products={own} storeId={storeId} isFirst={nth === 0} />
        </section>
      ))}
    </>
  );
}

function ShelfChips({ shelves, drawn }: { readonly shelves: readonly Shelf[]; readonly drawn: readonly Shelf[] }) {
  const seen = useSeenShelf(drawn.map(({ category }) => anchorOf(category.code)));
  return (
    <nav className={styles.chips} aria-label={t("shop.menu.categories")}>
      <ul>
        {shelves.map(({ category }) => (
          <li key={category.id}>
            <a href={`#${anchorOf(category.code)}`} data-seen={seen === anchorOf(category.code) || undefined}>
              {inLanguage(category.name)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ProductGrid({
  products,
  storeId,
  label,
  isFirst,
}: {
  readonly products: readonly ProductSummaryView[];
  readonly storeId: string | undefined;
  readonly label?: string;
  readonly isFirst: boolean;
}) {
  const { search } = useAddress();
  const timeZone = useStore().store?.timeZone;
  return (
    <ul className={styles.grid} aria-label={label}>
      {products.map((product, nth) => (
        <ProductCard
          key={product.id}
          product={product}
          storeId={storeId}
          timeZone={timeZone}
          to={openedIn(search, product.slug)}
          isInSight={isFirst && nth < FIRST_CARDS}
        />
      ))}
    </ul>
  );
}

/** The product opens over the menu as it is, search included. */
function openedIn(search: URLSearchParams, slug: string): string {
  const opened = new URLSearchParams(search);
  opened.set("product", slug);
  return `/?${opened}`;
}

function anchorOf(code: string): string {
  return `shelf-${code}`;
}
