import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { useSyncExternalStore } from "react";

/** What was chosen in this browser about measuring; null is nothing yet, and then nothing is measured. */
export type MeasureChoice = "yes" | "no" | null;

const KEY = "weft.shop.measuring";
const listeners = new Set<() => void>();

export function measureChoice(): MeasureChoice {
  const kept = readStored(KEY);
  return kept === "yes" || kept === "no" ? kept : null;
}

export function chooseMeasuring(choice: "yes" | "no"): void {
  writeStored(KEY, choice);
  for (const listener of listeners) listener();
}

export function useMeasureChoice(): MeasureChoice {
  return useSyncExternalStore(subscribe, measureChoice);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
