import { useEffect, useEffectEvent } from "react";

/** Does something at a key of the keyboard, wherever the focus is, unless a sheet lies over the screen. For keys that nobody types with. */
export function useKey(key: string, act: () => void): void {
  const pressed = useEffectEvent(act);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== key || event.repeat || document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      pressed();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [key]);
}
