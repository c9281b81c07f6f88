import { useSyncExternalStore } from "react";

/** Where two columns fit; the same width as in the style sheets. */
const WIDE = "(min-width: 60rem)";

/** Whether the screen has room for a second column. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
