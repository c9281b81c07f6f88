import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { afterEach, expect, it, vi } from "vitest";
import { setColorScheme } from "./color-scheme.ts";

const SCRIPT = readFileSync(new URL("../../public/before-paint.js", import.meta.url), "utf8");

afterEach(() => vi.unstubAllGlobals());

/** A window with an empty page over a browser's storage. */
function openWindow(search: string, stored: Map<string, string>) {
  const opened = {
    window: { name: "" },
    location: { search },
    document: { documentElement: { dataset: {} as Record<string, string> } }, // empty at first
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    },
    matchMedia: () => ({ matches: false }),
  };
  for (const [name, value] of Object.entries(opened)) vi.stubGlobal(name, value);
  return opened;
}

it.each(["", "?device=left"])("[SCH-1] the scheme chosen in a window %s is on the page before its first paint", (search) => {
  const stored = new Map<string, string>();
  openWindow(search, stored);
  setColorScheme("dark");
  const next = openWindow(search, stored);
  runInNewContext(SCRIPT, next);
  expect(next.document.documentElement.dataset).toEqual({ scheme: "dark" });
  const other = openWindow("?device=right", stored);
  runInNewContext(SCRIPT, other);
  expect(other.document.documentElement.dataset).toEqual({});
});
