import { useEffect, useRef, type RefObject } from "react";

/**
 * Opens and closes a native dialog with its state. The browser then keeps the focus inside, closes on Escape, hides the rest from
 * screen readers and gives the focus back to where it was: no code of ours does it better.
 */
export function useModal(open: boolean, onClose: () => void): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    if (open && !element.open) {
      element.showModal();
      // The browser focuses the first control, which is the cross: a field that asked for the focus comes before it.
      element.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    }
    if (!open && element.open) element.close();
    const onCancel = (event: Event): void => {
      // The owner's state decides; a dialog that closed itself would be open in one place and closed in the other.
      event.preventDefault();
      onClose();
    };
    const onPress = (event: MouseEvent): void => {
      // A press on the scrim meets the dialog itself, one inside meets a part of it.
      if (event.target === element) onClose();
    };
    element.addEventListener("cancel", onCancel);
    element.addEventListener("mousedown", onPress);
    return () => {
      element.removeEventListener("cancel", onCancel);
      element.removeEventListener("mousedown", onPress);
    };
  }, [open, onClose]);
  return dialog;
}
