import type { StockLevelView } from "@weft/contracts/client";
import styles from "./stock.module.css";

const PARTS = ["allocated", "held", "safety", "available"] as const;

/** A level as a bar: what is on hand, divided into what is promised, held, kept back and free. The figures stand beside it. */
export function StockBar({ level }: { readonly level: StockLevelView }) {
  const whole = Math.max(
    1,
    ...PARTS.map((part) => level[part]),
    level.onHand,
    level.allocated + level.held + level.safety + level.available,
  );
  return (
    <span className={styles.bar} aria-hidden>
      {PARTS.map((part) => (
        <span key={part} data-part={part} style={{ width: `${(Math.max(0, level[part]) / whole) * 100}%` }} />
      ))}
    </span>
  );
}
