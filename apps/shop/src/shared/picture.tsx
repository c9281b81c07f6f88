import IconCup from "@tabler/icons-react/dist/esm/icons/IconCup.mjs";
import styles from "./picture.module.css";

/** A product's picture in a square that keeps its space; decoration, because the name stands beside it. */
export function Picture({ url, size }: { readonly url: string | null; readonly size?: number }) {
  const edge = size === undefined ? undefined : { width: size, height: size };
  return (
    <span className={styles.picture} style={edge}>
      {url === null ? (
        <IconCup size={32} stroke={1.25} aria-hidden />
      ) : (
        <img src={url} alt="" loading="lazy" decoding="async" width={400} height={400} />
      )}
    </span>
  );
}
