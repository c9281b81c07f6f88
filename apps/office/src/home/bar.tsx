import styles from "./bar.module.css";

type Props = {
  /** From 0 to 1. */
  readonly share: number;
  readonly color?: string;
};

/** How much something is, of all or of the longest one: for the eye only, the figure stands beside it. */
export function Bar({ share, color = "var(--color-accent)" }: Props) {
  return (
    <span className={styles.bar}>
      <span style={{ width: `${share * 100}%`, background: color }} />
    </span>
  );
}
