import type { SeamView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { strandsOf, sumOf, withStrands } from "./thread.ts";

const BEGAN = "2026-03-02T09:00:00Z";
const end = (channelKind: "web" | "store", at: string) => ({ at, channelKind, channelName: "" });
const seam = (id: string, to: "web" | "store", facets: SeamView["facets"], at = "2026-03-02T09:00:05.000Z"): SeamView => ({
  id,
  from: end(to === "web" ? "store" : "web", BEGAN),
  to: end(to, at),
  journeyRef: null,
  score: 1,
  facets,
  lateSeconds: null,
});

const LOST = seam("a", "store", [{ facet: "identity", state: "lost", because: "other_customer" }]);
const CARRIED = seam("b", "store", [{ facet: "identity", state: "carried", because: null }]);
const BACK = seam("c", "web", [{ facet: "cart", state: "carried", because: null }]);

const BEFORE = seam("d", "store", [{ facet: "cart", state: "lost", because: "not_shown" }], "2026-03-02T08:59:59.999Z");

it("[TOU-4] a strand is carried when a passage into the store of this scene carried it, and lost when none did", () => {
  const touched = (seams: readonly SeamView[]) => strandsOf(seams, BEGAN).filter(({ state }) => state !== "idle");
  expect(strandsOf([], BEGAN)).toHaveLength(8);
  expect(touched([BACK, CARRIED, LOST])).toEqual([{ facet: "identity", state: "carried", because: null }]);
  expect(touched([BACK, LOST])).toEqual([{ facet: "identity", state: "lost", because: "other_customer" }]);
  expect(touched([BACK, BEFORE])).toEqual([]);
});

it("[TOU-4] what happened is kept by level and scene, counted, and not forgotten while a scene begins again", () => {
  const lost = strandsOf([LOST], BEGAN);
  const played = withStrands({}, { scene: "cart", level: "siloed" }, lost);
  expect(withStrands(played, { scene: "cart", level: "siloed" }, strandsOf([], BEGAN))).toEqual(played);
  const both = withStrands(played, { scene: "cart", level: "linked" }, strandsOf([CARRIED], BEGAN));
  expect([both.siloed?.cart, sumOf(both.siloed), sumOf(both.linked), sumOf(both.handover)]).toEqual([
    lost,
    { carried: 0, lost: 1 },
    { carried: 1, lost: 0 },
    { carried: 0, lost: 0 },
  ]);
});
