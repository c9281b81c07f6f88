import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import type { ProductSummaryView } from "@weft/contracts/client";
import type { UnitPrice } from "@weft/kernel";
import { depositText } from "@weft/ui/app/deposit.ts";
import { lowestWords, promotionLine, reducedWords } from "@weft/ui/app/shown-promotion.ts";
import { PriceTag } from "@weft/ui/kit/price-tag.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { IconButton } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { addToCart } from "../cart/send.ts";
import { Picture } from "../shared/picture.tsx";
import { servedNote, stockNote } from "../product/availability-text.ts";
import { Link } from "../router/router.tsx";
import { t } from "../t.ts";
import { inLanguage, priceText } from "../text.ts";
import { useNow } from "../use-now.ts";
import styles from "./product-card.module.css";

type Props = {
  readonly product: ProductSummaryView;
  readonly storeId: string | undefined;
  /** Of the store: asked for once for all cards, because each look at the store is two queries. */
  readonly timeZone: string | undefined;
  readonly to: string;
  /** Among the first of the screen. */
  readonly isInSight: boolean;
};

/** A product on the menu. The whole card opens it; what needs no choice goes into the cart by its own button. */
export function ProductCard({ product, storeId, timeZone, to, isInSight }: Props) {
  const name = inLanguage(product.name);
  const { deposit } = product;
  const now = useNow();
  const note = stockNote(product.availability) ?? servedNote(product.availability, timeZone, now);
  const canAdd = product.price !== null && !product.isService && !product.hasOptions && !product.priceVaries && (note?.canBuy ?? true);
  return (
    <li className={styles.card} data-away={note?.canBuy === false || undefined}>
      <Picture url={product.pictureUrl} isInSight={isInSight} />
      <div className={styles.text}>
        <Link to={to} className={styles.name}>
          {name}
        </Link>
        <p className={styles.price}>
          <PriceTag
            price={priceLine(product)}
            reduced={product.reduced ? fromText(product.reduced.price, product.priceVaries) : undefined}
          />
          {deposit ? <small>{depositText({ name: deposit.name, total: deposit.amount })}</small> : null}
        </p>
        {product.reduced || product.promotions.length > 0 ? <Promotions product={product} timeZone={timeZone} /> : null}
        {note ? <Badge tone={note.tone}>{note.text}</Badge> : null}
      </div>
      {canAdd ? (
        <IconButton
          className={styles.add}
          icon={IconPlus}
          label={t("shop.product.add_named", { name })}
          onClick={() => addOne(product, storeId)}
        />
      ) : null}
    </li>
  );
}

/** Why it costs less and until when, or the first thing that would make it cost less. */
function Promotions({ product: { price, reduced, promotions }, timeZone }: Pick<Props, "product" | "timeZone">) {
  const now = useNow();
  const [first] = promotions;
  const lowest = price && reduced ? lowestWords(price, reduced, priceText) : undefined;
  return (
    <p className={styles.promotion}>
      {reduced ? reducedWords(reduced, now, { timeZone }) : first && promotionLine(first)}
      {lowest === undefined ? null : <small>{lowest}</small>}
    </p>
  );
}

function priceLine({ price, priceVaries }: ProductSummaryView): string {
  return price === null ? t("shop.price.none") : fromText(price, priceVaries);
}

function fromText(price: UnitPrice, priceVaries: boolean): string {
  return priceVaries ? t("shop.price.from", { amount: priceText(price) }) : priceText(price);
}

function addOne({ defaultSku, name, pictureUrl, price, reduced }: ProductSummaryView, storeId: string | undefined): void {
  addToCart(defaultSku, 1, { name, pictureUrl, unitPrice: reduced?.price ?? price, options: [] }, storeId);
  showToast(t("shop.product.added", { name: inLanguage(name) }));
}
