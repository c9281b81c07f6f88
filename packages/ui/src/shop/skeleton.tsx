import { t } from "../t.ts";
import styles from "./skeleton.module.css";

/** Keeps the space of what loads; it appears only after 150 ms, so that what is quick does not flicker. Sizes are CSS lengths. */
export function Skeleton({ width = "100%", height = "1rem" }: { readonly width?: string; readonly height?: string }) {
  return <span className={styles.bone} style={{ width, height }} data-loading aria-hidden />;
}

/** A screen that is on its way. */
export function ScreenSkeleton() {
  return (
    <div className={styles.screen} role="status">
      <span className="said">{t("ui.loading")}</span>
      <Skeleton width="40%" height="2rem" />
      <Skeleton height="8rem" />
      <Skeleton height="8rem" />
      <Skeleton width="70%" />
    </div>
  );
}
