import type { ReactNode } from "react";
import styles from "./badge.module.css";

/** How a state should be felt. Always with a word: color alone says nothing to some. */
export type Tone = "plain" | "accent" | "good" | "warn" | "bad" | "info";

/** A state in a word or a figure. */
export function Badge({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  );
}
