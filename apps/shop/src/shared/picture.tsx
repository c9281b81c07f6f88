import IconCup from "@tabler/icons-react/dist/esm/icons/IconCup.mjs";
import { pictureSources } from "@weft/ui/app/picture-sources.ts";
import styles from "./picture.module.css";

type Props = {
  readonly url: string | null;
  /** What it shows; without words it is decoration, because the name stands beside it. */
  readonly words?: string | undefined;
  /** The side of its square in pixels; absent: as wide as there is room, a card or a page. */
  readonly size?: number;
  /** In sight as soon as the screen opens: asked for at once and before others, because a screen looks unfinished without it. */
  readonly isInSight?: boolean;
  /** How much of the screen it takes, as `sizes` of HTML say it. */
  readonly room?: string;
};

/** A product's picture in a square that keeps its space. */
export function Picture({ url, words = "", size, isInSight = false, room = "(max-width: 600px) 50vw, 300px" }: Props) {
  const edge = size === undefined ? undefined : { width: size, height: size };
  return (
    <span className={styles.picture} style={edge}>
      {url === null ? (
        <IconCup size={32} stroke={1.25} aria-hidden />
      ) : (
        <img
          {...pictureSources(url, size === undefined ? room : `${size}px`)}
          alt={words}
          loading={isInSight ? "eager" : "lazy"}
          fetchPriority={isInSight ? "high" : "auto"}
          decoding="async"
          width={400}
          height={400}
        />
      )}
    </span>
  );
}
