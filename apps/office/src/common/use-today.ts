import { useSyncExternalStore } from "react";

const LOOK_MS = 30_000;

/** The date in the reader's own zone (`2026-11-22`), also when the page stays open past midnight. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, localDate);
}

function subscribe(onChange: () => void): () => void {
  const timer = setInterval(onChange, LOOK_MS);
  return () => clearInterval(timer);
}

function localDate(): string {
  const now = new Date();
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
