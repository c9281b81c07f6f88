import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

type Props = { readonly title: string; readonly text?: string; readonly picture?: ReactNode; readonly children?: ReactNode };

/** Nothing here yet: says why, and what to do next (`children`, one action). */
export function EmptyState({ title, text, picture, children }: Props) {
  return (
    <div className={styles.empty}>
      {picture}
      <h2>{title}</h2>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </div>
  );
}
