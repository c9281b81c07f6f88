import { ActionIcon } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import { useEffect, useRef, type ReactNode } from "react";
import { t } from "../t.ts";
import styles from "./beside.module.css";

type BesideProps = { readonly title: ReactNode; readonly onClose: () => void; readonly children: ReactNode };

/**
 * What is opened beside a list: a title, a way to close it (also Escape), its content. Opened from a row, it takes the keyboard there, so
 * that nobody walks through the rest of the list, and gives it back to that row.
 */
export function Beside({ title, onClose, children }: BesideProps) {
  const section = useRef<HTMLElement>(null);
  useHotkeys([["Escape", onClose]]);
  useEffect(() => {
    const row = document.activeElement;
    if (!(row instanceof HTMLAnchorElement) || !section.current) return undefined;
    section.current.focus({ preventScroll: true });
    return () => {
      if (row.isConnected) row.focus({ preventScroll: true });
    };
  }, []);
  return (
    <section ref={section} tabIndex={-1} className={styles.beside}>
      <header className={styles.head}>
        <h2>{title}</h2>
        <ActionIcon aria-label={t("ui.close")} onClick={onClose}>
          <IconX size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </header>
      {children}
    </section>
  );
}

/** A titled part of what is opened beside a list. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
