import type { ReactNode } from "react";
import styles from "./narrow.module.css";

type Props = { readonly title: string; readonly intro?: string | undefined; readonly children: ReactNode };

/** A screen that is read from top to bottom: one column, as wide as a line of text should be. */
export function Narrow({ title, intro, children }: Props) {
  return (
    <section className={styles.narrow} aria-labelledby="screen-title">
      <h1 id="screen-title">{title}</h1>
      {intro === undefined ? null : <p className={styles.intro}>{intro}</p>}
      {children}
    </section>
  );
}
