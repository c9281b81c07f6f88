import type { ProductView } from "@weft/contracts/client";
import { pictureSources } from "@weft/ui/app/picture-sources.ts";
import { depositText } from "@weft/ui/app/deposit.ts";
import { PriceTag } from "@weft/ui/kit/price-tag.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { priceText, textOf } from "../common/text.ts";
import { t } from "../t.ts";
import { useSoldOutMode } from "./sold-out-mode.ts";
import { isSoldOut } from "./use-sell.ts";
import styles from "./product-grid.module.css";

/** Units below this are told on the tile. */
const FEW = 5;

/** What can be sold, one tap each. */
export function ProductGrid({
  products,
  onTap,
  onHold,
}: {
  readonly products: readonly ProductView[];
  readonly onTap: (product: ProductView) => void;
  /** Held down, or its menu key: where else it is. */
  readonly onHold: (product: ProductView) => void;
}) {
  const isMarking = useSoldOutMode();
  return (
    <ul className={styles.grid} data-marking={isMarking || undefined}>
      {products.map((product) => (
        <li key={product.id}>
          <ProductTile product={product} isMarking={isMarking} onTap={() => onTap(product)} onHold={() => onHold(product)} />
        </li>
      ))}
    </ul>
  );
}

function ProductTile({
  product,
  isMarking,
  onTap,
  onHold,
}: {
  readonly product: ProductView;
  readonly isMarking: boolean;
  readonly onTap: () => void;
  readonly onHold: () => void;
}) {
  const soldOut = isSoldOut(product);
  const [variant] = product.variants;
  const note = soldOut ? t("till.sold_out.note") : stockNote(product);
  return (
    <button
      type="button"
      data-tour={`sell:${product.slug}`}
      className={styles.tile}
      data-sold-out={soldOut || undefined}
      aria-pressed={isMarking ? soldOut : undefined}
      onClick={onTap}
      onContextMenu={(event) => {
        event.preventDefault();
        onHold();
      }}
    >
      {product.pictureUrl === null ? (
        <span className={styles.picture} aria-hidden />
      ) : (
        <img
          className={styles.picture}
          {...pictureSources(product.pictureUrl, "64px")}
          alt=""
          loading="lazy"
          width={64}
          height={64}
          // One that was never seen before the network went is left out, not shown broken.
          onError={({ currentTarget }) => (currentTarget.style.visibility = "hidden")}
        />
      )}
      <span className={styles.name}>{textOf(product.name)}</span>
      <span className={styles.foot}>
        <span className={styles.price}>
          <PriceTag
            price={variant?.price ? priceText(variant.price) : "–"}
            reduced={variant?.reduced ? priceText(variant.reduced.price) : undefined}
          />
          {variant?.deposit ? <small>{depositText({ name: variant.deposit.name, total: variant.deposit.amount })}</small> : null}
        </span>
        {note === undefined ? null : <span className={styles.note}>{note}</span>}
      </span>
    </button>
  );
}

function stockNote({ variants }: ProductView): string | undefined {
  const [variant] = variants;
  const left = variants.length === 1 ? variant?.availability.available : null;
  if (left === null || left === undefined || !variant?.availability.tracked || left > FEW) return undefined;
  return left <= 0 ? t("till.sell.none_left") : t("till.sell.left", { count: left });
}

/** The space of the tiles, kept while they load. */
export function ProductGridSkeleton() {
  return (
    <div className={styles.grid} aria-busy>
      {Array.from({ length: 12 }, (_, n) => (
        <Skeleton key={n} />
      ))}
    </div>
  );
}
