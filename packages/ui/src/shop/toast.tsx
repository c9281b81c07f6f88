import { useSyncExternalStore } from "react";
import { t } from "../t.ts";
import styles from "./toast.module.css";

/** What was done, and how to undo it. */
export type Toast = { readonly id: number; readonly text: string; readonly undo?: (() => void) | undefined };

/** Long enough to read twice and to reach the button. */
const SHOWN_MS = 8000;
const listeners = new Set<() => void>();
let shown: Toast | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let count = 0;

/** Says what was just done, with a way back instead of a question before. A new one takes the place of the last. */
export function showToast(text: string, undo?: () => void): void {
  count += 1;
  show({ id: count, text, undo });
  clearTimeout(timer);
  timer = setTimeout(() => show(undefined), SHOWN_MS);
}

/** Where toasts appear: once per app, in its frame. */
export function Toasts() {
  const toast = useSyncExternalStore(subscribe, () => shown);
  return (
    <div role="status" className={styles.place}>
      {toast ? (
        <div key={toast.id} className={styles.toast}>
          <span>{toast.text}</span>
          {toast.undo ? (
            <button
              type="button"
              onClick={() => {
                toast.undo?.();
                show(undefined);
              }}
            >
              {t("ui.undo")}
            </button>
          ) : null}
          <button type="button" className={styles.dismiss} aria-label={t("ui.toast.dismiss")} onClick={() => show(undefined)}>
            ×
          </button>
        </div>
      ) : null}
    </div>
  );
}

function show(toast: Toast | undefined): void {
  shown = toast;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
