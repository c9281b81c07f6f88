import { Card } from "@weft/ui/shop/card.tsx";
import type { ReactNode } from "react";
import styles from "./report.module.css";

/** What a page of figures is about, in quiet words. */
export function About({ children }: { readonly children: ReactNode }) {
  return <p className={styles.about}>{children}</p>;
}

/** Figures beside each other, as many as there is room for. */
export function Figures({ children }: { readonly children: ReactNode }) {
  return <div className={styles.figures}>{children}</div>;
}

/** One figure with its name above, and below it what it means. */
export function Figure({ label, value, children }: { readonly label: string; readonly value: string; readonly children: ReactNode }) {
  return (
    <Card>
      <span className={styles.label}>{label}</span>
      <strong className={styles.value}>{value}</strong>
      <span className={styles.label}>{children}</span>
    </Card>
  );
}
