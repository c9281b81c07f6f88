import type { HTMLAttributes } from "react";
import styles from "./card.module.css";

/** A piece of paper on the paper: what belongs together. It has a line and no shadow, because it does not float. */
export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div {...rest} className={[styles.card, className].filter(Boolean).join(" ")} />;
}
