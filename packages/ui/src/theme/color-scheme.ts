import { useSyncExternalStore } from "react";
import { readStored, writeStored } from "../browser/storage.ts";

/** What the reader chose; `auto` follows the system. */
export type SchemeChoice = "auto" | "light" | "dark";
export type Scheme = "light" | "dark";

const STORED_SCHEME = "weft.scheme";
const listeners = new Set<() => void>();
let choice: SchemeChoice = "auto";

/** Applies the stored choice to the page. Call once, before the first render, so that nothing flashes. */
export function startColorScheme(): void {
  choice = asChoice(readStored(STORED_SCHEME));
  apply();
  systemIsDark().addEventListener("change", notify);
}

/** Changes and remembers the choice. */
export function setColorScheme(next: SchemeChoice): void {
  choice = next;
  writeStored(STORED_SCHEME, next === "auto" ? null : next);
  apply();
  notify();
}

/** The choice for the switch, and the scheme that is seen because of it. */
export function useColorScheme(): { readonly choice: SchemeChoice; readonly scheme: Scheme } {
  const chosen = useSyncExternalStore(subscribe, () => choice);
  const scheme = useSyncExternalStore(subscribe, seenScheme);
  return { choice: chosen, scheme };
}

function seenScheme(): Scheme {
  if (choice !== "auto") return choice;
  return systemIsDark().matches ? "dark" : "light";
}

function apply(): void {
  if (choice === "auto") delete document.documentElement.dataset["scheme"];
  else document.documentElement.dataset["scheme"] = choice;
}

function asChoice(text: string | null): SchemeChoice {
  return text === "light" || text === "dark" ? text : "auto";
}

function systemIsDark(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
