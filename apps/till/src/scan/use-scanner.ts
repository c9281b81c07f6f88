import { useEffect, useEffectEvent } from "react";
import { GS } from "../../../../hub/src/modules/till/domain/index.ts";
import { isBadge } from "./badge.ts";
import { onHidScan } from "./hid.ts";
import { withoutSymbology } from "./symbology.ts";
import { createWedge } from "./wedge.ts";

/** How many screens listen right now: what every screen takes is taken by the frame only where none of them does. */
let listening = 0;

type ScannerOptions = {
  /** It takes what no screen listens for [SCN-3]. */
  readonly isFallback?: true;
};

/**
 * Listens for scanners while mounted, wherever the focus is: for one that types like a keyboard, whose Enter presses no button, and for the one that sends
 * its codes by HID POS [SCN-4].
 */
export function useScanner(onScan: (text: string) => void, { isFallback }: ScannerOptions = {}): void {
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    if (isFallback) return;
    listening += 1;
    return () => {
      listening -= 1;
    };
  }, [isFallback]);
  useEffect(() => {
    const wedge = createWedge();
    const hear = (text: string): void => {
      const read = withoutSymbology(text);
      if (!isBadge(read)) scanned(read);
    };
    const listen = (event: KeyboardEvent): void => {
      if (isFallback && listening > 0) return;
      const key = separatorOf(event) ?? event.key;
      if (key !== GS && (event.ctrlKey || event.metaKey || event.altKey)) return;
      const text = wedge.key(key, event.timeStamp);
      // Between its digits a scanner's separator would open whatever the browser keeps behind it.
      if (key === GS) event.preventDefault();
      if (text === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      clearTyped(event.target, text.replaceAll(GS, ""));
      hear(text);
    };
    window.addEventListener("keydown", listen, true);
    const stopHid = onHidScan((text) => {
      if (!isFallback || listening === 0) hear(text);
    });
    return () => {
      window.removeEventListener("keydown", listen, true);
      stopHid();
    };
  }, [isFallback]);
}

/** The separator of a GS1 code, which no key stands for: keyboard scanners send it as Control and a bracket (ASCII 29), or as F8. */
function separatorOf({ key, ctrlKey }: KeyboardEvent): string | undefined {
  return (ctrlKey && key === "]") || key === "F8" ? GS : undefined;
}

/** A focused field has taken the scanner's keys as typing: it is given back what it had. */
function clearTyped(target: EventTarget | null, text: string): void {
  if (!(target instanceof HTMLInputElement) || !target.value.endsWith(text)) return;
  // React listens to the native setter's event only.
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  value?.set?.call(target, target.value.slice(0, -text.length));
  target.dispatchEvent(new Event("input", { bubbles: true }));
}
