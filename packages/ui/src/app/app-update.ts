import { useEffect, useState } from "react";
import { registerSW } from "virtual:pwa-register";

/** An installed app looks for a new version this often, and whenever it is opened. */
const LOOK_EVERY_MS = 30 * 60_000;

/**
 * Registers the service worker and tells when a new version waits. It is used only when `use` is called: the reader decides,
 * and an app with something unfinished (an open shift, an outbox that is not empty) does not offer it yet.
 */
export function useAppUpdate(): { readonly waiting: boolean; readonly use: () => void } {
  const [update, setUpdate] = useState<(() => void) | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const activate = registerSW({
      onNeedRefresh: () => setUpdate(() => () => void activate(true)),
      onRegisteredSW(_url, registration) {
        // A failed look-up means no network; the next one comes by itself.
        timer = setInterval(() => void registration?.update().catch(() => undefined), LOOK_EVERY_MS);
      },
    });
    return () => clearInterval(timer);
  }, []);
  return { waiting: update !== undefined, use: () => update?.() };
}
