import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

type Props = {
  readonly title: string;
  readonly text?: string;
  readonly picture?: ReactNode;
  /** `h1` where it is the whole screen. */ readonly heading?: "h1" | "h2";
  readonly children?: ReactNode;
};

/** Nothing here yet: says why, and what to do next (`children`, one action). */
export function EmptyState({ title, text, picture, heading: Heading = "h2", children }: Props) {
  return (
    <div className={styles.empty}>
      {picture}
      <Heading>{title}</Heading>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </div>
  );
}
