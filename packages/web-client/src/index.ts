import { createWebClient, type WebClient } from "./client.ts";
import { openStorage } from "./storage.ts";

export type { Cart, Choice, Product, WebClient } from "./client.ts";

/** Starts the client on this page, for the channel whose publishable key this is. */
export function startInBrowser(host: string, writeKey: string): WebClient {
  return createWebClient(host.replace(/\/$/, ""), writeKey, {
    storage: openStorage(`weft:${writeKey}:`, () => localStorage),
    network: {
      fetch: (...given) => fetch(...given),
      beacon: (url, body) => navigator.sendBeacon(url, body),
      alone: (work) => ("locks" in navigator ? navigator.locks.request(`weft:${writeKey}`, work) : work()),
      later: (work, milliseconds) => void setTimeout(work, milliseconds),
      now: () => Date.now(),
      random: () => Math.random(),
      warn: (text) => console.warn(text),
    },
    page: () => ({
      url: location.href,
      title: document.title,
      referrer: document.referrer,
      language: navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    saysNo: () => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true, // newer than the types
    newId: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
    onLeaving: (leaving) => {
      addEventListener("pagehide", leaving);
      document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leaving() : undefined));
    },
  });
}
