import { useEffect, useId, type RefObject } from "react";

/** An id for the field that a sheet was opened for: it has the focus as soon as it is there. */
export function useFocus(): string {
  const id = useId();
  useEffect(() => document.getElementById(id)?.focus(), [id]);
  return id;
}

/**
 * Gives a field the focus when its screen opens, where there is a keyboard: a mouse stands for one. On a bare touch screen the keys would
 * come up and hide half of what is sold.
 */
export function useKeyboardFocus(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (matchMedia("(any-pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, [field]);
}
