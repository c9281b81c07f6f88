import { useEffect, useState } from "react";
import { ownDevice } from "../browser/device.ts";

/** An installed app looks for a new version this often, and whenever it is opened. */
const LOOK_EVERY_MS = 30 * 60_000;
/** By then the first screen is there, data and pictures included, on any line that one would order on. */
const OPENING_MS = 4000;

/**
 * Registers the service worker and tells when a new version waits. It is used only when `use` is called: the reader decides,
 * and an app with something unfinished (an open shift, an outbox that is not empty) does not offer it yet.
 *
 * Written out instead of taken from the plugin's own client, which weighs 3 KB of the shop's first view for cases that do not occur here.
 */
export function useAppUpdate(): { readonly waiting: boolean; readonly use: () => void } {
  const [next, setNext] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    // One worker serves all windows of an address: a framed device has none, and the worker leaves its pages to the network.
    if (!import.meta.env.PROD || !("serviceWorker" in navigator) || ownDevice() !== "") return undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    let isShown = true;
    const base = import.meta.env.BASE_URL;
    const registered = afterOpening().then(() => navigator.serviceWorker.register(`${base}sw.js`, { scope: base }));
    void registered.then(
      (registration) => {
        if (!isShown) return;
        watch(registration, setNext);
        // A failed look-up means no network; the next one comes by itself.
        timer = setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
      },
      // A browser that keeps no workers (a private window) shows the app all the same.
      () => undefined,
    );
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, []);
  return { waiting: next !== null, use: () => next && changeTo(next) };
}

/** Tells the worker that waits, now or later. The very first one has nobody to replace and does not wait. */
function watch(registration: ServiceWorkerRegistration, tell: (worker: ServiceWorker) => void): void {
  const look = (): void => {
    if (registration.waiting && navigator.serviceWorker.controller) tell(registration.waiting);
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
}

/** The worker that waits takes over, and the page begins anew with it. */
function changeTo(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  worker.postMessage({ type: "SKIP_WAITING" });
}

/** The worker loads the whole app: on a slow line that would take the line from the screen that someone waits for. */
function afterOpening(): Promise<void> {
  return new Promise((resolve) => {
    const wait = (): unknown => setTimeout(resolve, OPENING_MS);
    if (document.readyState === "complete") wait();
    else addEventListener("load", wait, { once: true });
  });
}
