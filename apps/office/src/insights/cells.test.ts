import type { ChannelKind, ContinuityPairView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { isPair, kindsOf, pairKey, pairOf, toneOf } from "./cells.ts";

const pair = (from: ChannelKind, to: ChannelKind, seams: number): ContinuityPairView => ({
  from: { channelKind: from, channelId: null, channelName: null },
  to: { channelKind: to, channelId: null, channelName: null },
  seams,
  carried: seams,
  lost: 0,
  share: null,
  score: 1,
  level: null,
  facets: [],
});
const pairs = [pair("web", "store", 50), pair("store", "web", 30), pair("app", "store", 40), pair("web", "web", 5)];

it("the map has a line for every kind that somebody came from or went to, the busiest first", () => {
  expect(kindsOf(pairs)).toEqual(["store", "web", "app"]);
  expect(kindsOf([])).toEqual([]);
});

it("a cell is the passage from its line to its column, not the way back", () => {
  expect(pairOf(pairs, "web", "store")?.seams).toBe(50);
  expect(pairOf(pairs, "store", "web")?.seams).toBe(30);
  expect(pairOf(pairs, "store", "app")).toBeNull();
});

it("an address names one pair, and few seams are no level", () => {
  expect(pairs.filter((one) => isPair(one, "web-store"))).toEqual([pairs[0]]);
  expect(pairs.map(pairKey)).toEqual(["web-store", "store-web", "app-store", "web-web"]);
  expect([toneOf({ level: null }), toneOf({ level: "omni" })]).toEqual(["few", "omni"]);
});
