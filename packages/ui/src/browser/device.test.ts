import { afterEach, expect, it, vi } from "vitest";
import { readStored, writeStored } from "./storage.ts";

afterEach(() => vi.unstubAllGlobals());

function openWindow(search: string, storage: Map<string, string>): void {
  vi.stubGlobal("window", { name: "" });
  vi.stubGlobal("location", { search });
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
    removeItem: (key: string) => storage.delete(key),
  });
}

it("[API-1] what a framed device keeps is not found by another one, nor by a window of its own", () => {
  const browser = new Map<string, string>();
  openWindow("?device=left", browser);
  writeStored("weft.shop.basket", "two drinks");
  openWindow("?device=right", browser);
  expect(readStored("weft.shop.basket")).toBeNull();
  openWindow("", browser);
  expect(readStored("weft.shop.basket")).toBeNull();
  writeStored("weft.shop.basket", null);
  openWindow("?device=left", browser);
  expect(readStored("weft.shop.basket")).toBe("two drinks");
});
