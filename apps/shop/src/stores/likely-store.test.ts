import type { StoreView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { likelyStore } from "./likely-store.ts";

// A store as far as the rule reads it.
const store = (id: string, timeZone: string, state: StoreView["open"]["state"]): StoreView =>
  ({ id, timeZone, open: { state, nextChange: null, because: null } }) as StoreView;
const stores = [
  store("girona", "Europe/Madrid", "closed"),
  store("lyon", "Europe/Paris", "closed"),
  store("paris", "Europe/Paris", "closing_soon"),
  store("berlin", "Europe/Berlin", "open"),
];
const likely = (timeZone: string) => likelyStore(stores, timeZone)?.id;

it("[STO-1] the first open store in the browser's time zone is the likeliest, else the first one there", () => {
  expect(likely("Europe/Paris")).toBe("paris");
  expect(likely("Europe/Madrid")).toBe("girona");
});

it("[STO-1] a visitor from elsewhere begins with the first store; a chain without stores has none", () => {
  expect(likely("America/Lima")).toBe("girona");
  expect(likelyStore([], "Europe/Paris")).toBeUndefined();
});
