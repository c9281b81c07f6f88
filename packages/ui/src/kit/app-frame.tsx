import type { ReactNode } from "react";
import { usePageTitle } from "../app/page-title.ts";
import styles from "./app-frame.module.css";

type PageProps = {
  readonly title: string;
  /** Filters and actions of the page, at the end of its title line. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** What is opened beside the list; the list stays where it is. */
  readonly beside?: ReactNode;
};

/** A page of a working app: title line, content, and details beside it. The browser's tab is called like it. */
export function Page({ title, actions, children, beside }: PageProps) {
  usePageTitle(title);
  return (
    <div className={styles.page} data-beside={beside !== undefined && beside !== null ? true : undefined}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.content}>{children}</div>
      {beside === undefined || beside === null ? null : <aside className={styles.beside}>{beside}</aside>}
    </div>
  );
}

/** A titled part of a page. */
export function Section({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <h2>{title}</h2>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** A figure with its name, as on a home page. `note` says how old it is or what it is compared with. */
export function Figure({ label, value, note }: { readonly label: string; readonly value: ReactNode; readonly note?: ReactNode }) {
  return (
    <dl className={styles.figure}>
      <dt>{label}</dt>
      <dd>{value}</dd>
      {note === undefined ? null : <dd className={styles.note}>{note}</dd>}
    </dl>
  );
}
