import { useEffect, useRef, useState, type RefObject } from "react";

/** So many rows of a long list come and go together. */
export const PART_ROWS = 50;
/** What is farther than this from the screen is not drawn: a turn of the wheel does not reach it before it is. */
const REACH = "1500px 0px";

/** The rows of a list in parts, in their order. */
export function inParts<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / PART_ROWS) }, (_, part) => rows.slice(part * PART_ROWS, (part + 1) * PART_ROWS));
}

/**
 * How much empty room, in pixels, stands for a part of a long list; null while it is near the screen and drawn. So ten thousand rows are
 * some hundred elements, and the scroll bar tells the truth. A part where the keyboard is stays. `guess` is its room before it was ever
 * drawn: null draws it at once.
 */
export function useRoom<Part extends HTMLElement>(
  guess: number | null,
): { readonly ref: RefObject<Part | null>; readonly room: number | null } {
  const ref = useRef<Part>(null);
  const [room, setRoom] = useState(guess);
  useEffect(() => {
    const part = ref.current;
    if (!part) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1);
        if (last?.isIntersecting) setRoom(null);
        // A page that is not shown (another tab, a print) has no height to remember.
        else if (last && last.boundingClientRect.height > 0 && !part.contains(document.activeElement))
          setRoom(last.boundingClientRect.height);
      },
      { rootMargin: REACH },
    );
    watch.observe(part);
    return () => watch.disconnect();
  }, []);
  return { ref, room };
}
