import IconMapPin from "@tabler/icons-react/dist/esm/icons/IconMapPin.mjs";
import styles from "./place-name.module.css";

/** A place by its name; `detail` is what tells it from others near (city, distance). */
export function PlaceName({ name, detail }: { readonly name: string; readonly detail?: string | undefined }) {
  return (
    <span className={styles.place}>
      <IconMapPin size={16} stroke={1.75} aria-hidden />
      <span>{name}</span>
      {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
    </span>
  );
}
