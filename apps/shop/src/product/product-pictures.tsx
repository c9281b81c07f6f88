import type { ProductView } from "@weft/contracts/client";
import { useState } from "react";
import { picturesOf } from "../../../../hub/src/modules/catalog/domain/pictures.ts";
import { Picture } from "../shared/picture.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import styles from "./product-details.module.css";

/** The pictures of the variant that is chosen: one large, and the others beside it to be chosen. */
export function ProductPictures({ product, variantId }: { readonly product: ProductView; readonly variantId: string }) {
  const [chosen, setChosen] = useState<string>();
  const pictures = picturesOf(product, variantId);
  const shown = pictures.find(({ url }) => url === chosen) ?? pictures[0];
  return (
    <>
      <div className={styles.picture}>
        <Picture url={shown?.url ?? null} words={shown && inLanguage(shown.alt)} room="(max-width: 700px) 100vw, 560px" isInSight />
      </div>
      {pictures.length > 1 ? (
        <ul className={styles.more}>
          {pictures.map(({ url, alt }, index) => (
            <li key={url}>
              <button
                type="button"
                aria-pressed={url === shown?.url}
                aria-label={inLanguage(alt) || t("shop.product.picture", { number: index + 1, of: pictures.length })}
                onClick={() => setChosen(url)}
              >
                <Picture url={url} size={72} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
