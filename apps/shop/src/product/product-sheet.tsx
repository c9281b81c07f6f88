import { useQuery } from "@tanstack/react-query";
import type { ProductView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { BuyBar } from "./buy-bar.tsx";
import { ProductDetails } from "./product-details.tsx";
import { productQuery } from "./products.ts";
import { useChoices } from "./use-choices.ts";
import styles from "./product-details.module.css";

type Props = {
  readonly slug: string;
  readonly storeId: string | undefined;
  /** Stays the same function, so that the dialog does not listen anew with every key. */ readonly onClose: () => void;
};

/** A product over the menu: one looks, chooses, adds, and is back where one was. */
export function ProductSheet({ slug, storeId, onClose }: Props) {
  useLive(storeId && `store/${storeId}`);
  const product = useQuery(productQuery(slug, storeId));
  if (product.data) return <FilledSheet key={product.data.id} product={product.data} storeId={storeId} onClose={onClose} />;
  return (
    <Sheet open onClose={onClose} title={t("shop.product.title")}>
      {product.isError ? <ProblemNote error={product.error} onRetry={product.refetch} /> : <Skeleton height="24rem" />}
    </Sheet>
  );
}

function FilledSheet({
  product,
  storeId,
  onClose,
}: {
  readonly product: ProductView;
  readonly storeId: string | undefined;
  readonly onClose: () => void;
}) {
  const draft = useChoices(product);
  return (
    <Sheet
      open
      onClose={onClose}
      title={inLanguage(product.name)}
      footer={<BuyBar product={product} draft={draft} storeId={storeId} onAdded={onClose} />}
    >
      <div className={styles.sheet}>
        <ProductDetails product={product} draft={draft} storeId={storeId} />
      </div>
    </Sheet>
  );
}
