import { useEffect, useEffectEvent } from "react";
import { createWedge } from "./wedge.ts";

/** Listens for a keyboard scanner while mounted, wherever the focus is. The Enter of a scan presses no button. */
export function useScanner(onScan: (text: string) => void): void {
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    const wedge = createWedge();
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const text = wedge.key(event.key, event.timeStamp);
      if (text === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      clearTyped(event.target, text);
      scanned(text);
    };
    window.addEventListener("keydown", listen, true);
    return () => window.removeEventListener("keydown", listen, true);
  }, []);
}

/** A focused field has taken the scanner's keys as typing: it is given back what it had. */
function clearTyped(target: EventTarget | null, text: string): void {
  if (!(target instanceof HTMLInputElement) || !target.value.endsWith(text)) return;
  // React listens to the native setter's event only.
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  value?.set?.call(target, target.value.slice(0, -text.length));
  target.dispatchEvent(new Event("input", { bubbles: true }));
}
