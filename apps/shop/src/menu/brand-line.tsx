import { BRAND } from "@weft/ui/theme/brand.ts";
import styles from "./menu.module.css";

/** Whose shop this is: the mark and the name, as on the sign above the door. */
export function BrandLine() {
  return (
    <p className={styles.brand}>
      <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" width={32} height={32} />
      {BRAND.name}
    </p>
  );
}
