import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { t } from "../t.ts";
import styles from "./shelf-list.module.css";

const CARDS = ["a", "b", "c", "d", "e", "f"];

/** The menu's space while it loads. */
export function MenuSkeleton() {
  return (
    <div role="status">
      <span className="said">{t("ui.loading")}</span>
      <ul className={styles.grid}>
        {CARDS.map((card) => (
          <li key={card}>
            <Skeleton height="15rem" />
          </li>
        ))}
      </ul>
    </div>
  );
}
