import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let isOn = false;

/** While it is on, a tap on a product marks it as sold out instead of selling it. */
export function useSoldOutMode(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOn,
  );
}

export function setSoldOutMode(on: boolean): void {
  isOn = on;
  for (const listener of listeners) listener();
}
