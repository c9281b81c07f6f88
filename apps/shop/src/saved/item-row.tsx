import type { SavedItemView } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import type { ReactNode } from "react";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { Picture } from "../shared/picture.tsx";
import { t } from "../t.ts";
import { inLanguage, priceText } from "../text.ts";
import styles from "./saved.module.css";

type Shown = Pick<SavedItemView, "slug" | "name" | "pictureUrl" | "unitPrice" | "quantity"> & { readonly canBuy: boolean };

/** Something saved: what it is, what it costs now, whether it is there, and what can be done with it. */
export function ItemRow({ item, children }: { readonly item: Shown; readonly children: ReactNode }) {
  const name = inLanguage(item.name);
  return (
    <li className={styles.item}>
      <Picture url={item.pictureUrl} size={64} />
      <div className={styles.words}>
        <Link to={pathTo("product", { slug: item.slug })}>{item.quantity > 1 ? `${item.quantity} × ${name}` : name}</Link>
        <span className={styles.quiet}>{item.unitPrice === null ? t("shop.price.none") : priceText(item.unitPrice)}</span>
        {item.canBuy ? null : <Badge tone="bad">{t("shop.saved.not_now")}</Badge>}
      </div>
      <div className={styles.acts}>{children}</div>
    </li>
  );
}
