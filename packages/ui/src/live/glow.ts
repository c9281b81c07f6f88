import { useEffect, useRef, type RefObject } from "react";
import { changedAt } from "./cache.ts";

/** A value that changes this soon after a message of its subject changed because of it. */
const BECAUSE_WITHIN_MS = 3000;

/**
 * Makes an element glow once when its value changes because of someone else: `const line = useGlow<HTMLLIElement>("cart/" + id, quantity)`.
 * What the reader changed themselves does not glow, because the answer to their own call is newer than the message about it.
 */
export function useGlow<Element extends HTMLElement>(subject: string, value: unknown): RefObject<Element | null> {
  const element = useRef<Element>(null);
  const seen = useRef(value);
  useEffect(() => {
    if (seen.current === value) return undefined;
    seen.current = value;
    const at = changedAt(subject);
    const target = element.current;
    if (!target || at === undefined || performance.now() - at > BECAUSE_WITHIN_MS) return undefined;
    const end = (): void => target.removeAttribute("data-glow");
    target.setAttribute("data-glow", "");
    target.addEventListener("animationend", end, { once: true });
    return () => target.removeEventListener("animationend", end);
  }, [subject, value]);
  return element;
}
