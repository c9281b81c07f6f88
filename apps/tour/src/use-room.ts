import { useLayoutEffect, useState, type RefObject } from "react";
import { fit, NARROW, type Fitted } from "./fit.ts";
import type { Device } from "./scenes.ts";

/** Below the devices, so that the page does not end at their edge. */
const BELOW = 16;

/** What stands above and beside the devices on a laptop: a first guess, right or soon mended. */
const ABOVE = 190;
const BESIDE = 48;

/** How large both devices are drawn, as their place and the window change. */
export function useRoom(place: RefObject<HTMLElement | null>): Readonly<Record<Device, Fitted>> {
  const [fitted, setFitted] = useState(() =>
    fit({ width: innerWidth - BESIDE, height: innerHeight - ABOVE, isNarrow: innerWidth < NARROW }),
  );
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = (): void => {
      const { width, top } = element.getBoundingClientRect();
      // Hidden behind the page of what happened it has no size.
      if (width === 0) return;
      setFitted(fit({ width, height: innerHeight - top - scrollY - BELOW, isNarrow: innerWidth < NARROW }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // What stands above grows when words wrap.
    observer.observe(document.documentElement);
    addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      removeEventListener("resize", measure);
    };
  }, [place]);
  return fitted;
}
