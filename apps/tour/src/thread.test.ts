import type { SeamView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { passagesOf, strandsOf } from "./thread.ts";

const end = (channelKind: "web" | "store") => ({ at: "2026-03-02T09:00:00Z", channelKind, channelName: "" });
const seam = (id: string, to: "web" | "store", facets: SeamView["facets"]): SeamView => ({
  id,
  from: end(to === "web" ? "store" : "web"),
  to: end(to),
  journeyRef: null,
  score: 1,
  facets,
  lateSeconds: null,
});

const LOST = seam("a", "store", [{ facet: "identity", state: "lost", because: "other_customer" }]);
const CARRIED = seam("b", "store", [{ facet: "identity", state: "carried", because: null }]);
const BACK = seam("c", "web", [{ facet: "cart", state: "carried", because: null }]);

it("[TOU-4] a strand is carried when a passage into the store of this scene carried it, and lost when none did", () => {
  const touched = (seams: readonly SeamView[], known: readonly string[] = []) =>
    strandsOf(seams, new Set(known)).filter(({ state }) => state !== "idle");
  expect(strandsOf([], new Set())).toHaveLength(8);
  expect(touched([BACK, CARRIED, LOST])).toEqual([{ facet: "identity", state: "carried", because: null }]);
  expect(touched([BACK, LOST])).toEqual([{ facet: "identity", state: "lost", because: "other_customer" }]);
  expect(touched([BACK, CARRIED, LOST], ["a", "b"])).toEqual([]);
});

it("[TOU-4] what happened is counted by passage and facet", () => {
  expect(passagesOf([BACK, CARRIED, LOST])).toEqual([
    { from: "store", to: "web", facets: { cart: { carried: 1, lost: 0 } } },
    { from: "web", to: "store", facets: { identity: { carried: 1, lost: 1 } } },
  ]);
});
