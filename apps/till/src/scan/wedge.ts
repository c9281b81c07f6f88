/** A scanner that types like a keyboard is faster than any hand: this long at most between two of its keys. */
const SCANNER_GAP_MS = 50;
const SHORTEST_SCAN = 5;
const MODIFIERS = new Set(["Shift", "CapsLock", "AltGraph", "Control"]);

/** Reads keys one by one and answers a text when they came from a scanner and ended with Enter. */
export type Wedge = { readonly key: (key: string, atMs: number) => string | undefined };

/** [SCN-2] Fast keys that end with Enter are a scan, wherever the focus is; what a person types is not. */
export function createWedge(): Wedge {
  let text = "";
  let last = -Infinity;
  return {
    key(key, atMs) {
      const isFast = atMs - last <= SCANNER_GAP_MS;
      last = atMs;
      if (key === "Enter") {
        const scanned = isFast && text.length >= SHORTEST_SCAN ? text : undefined;
        text = "";
        return scanned;
      }
      if (key.length !== 1) {
        // A scanner presses Shift for a capital; who presses Tab or an arrow is a person.
        if (!MODIFIERS.has(key)) text = "";
        return undefined;
      }
      text = isFast ? text + key : key;
      return undefined;
    },
  };
}
