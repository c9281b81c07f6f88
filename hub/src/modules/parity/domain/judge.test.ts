import { FACETS, type Facet, type LinkLevel } from "@weft/contracts";
import { describe, expect, it } from "vitest";
import { judgeThing, type Expected, type Standing, type Values } from "./index.ts";

const NOON = new Date("2026-03-02T12:00:00Z");

const levels = (level: LinkLevel): Readonly<Record<Facet, LinkLevel>> =>
  Object.fromEntries(FACETS.map((facet) => [facet, level])) as Record<Facet, LinkLevel>; // every facet is there

const standing = (level: LinkLevel, given: Partial<Standing> = {}): Standing => ({
  kind: "page",
  levels: levels(level),
  behind: {},
  ...given,
});

const MUG: Values = { listed: "yes", name: "Mug", price: "12.50 EUR" };
const expected = (own: Values = {}, reasons: Expected["reasons"] = {}): Expected => ({ house: MUG, own: { ...MUG, ...own }, reasons });

const found = (shown: Values | undefined, wanted: Expected, at: Standing) =>
  judgeThing(shown, wanted, at)
    .filter(({ judged }) => judged.verdict !== "same")
    .map(({ attribute, judged }) => [attribute, judged.verdict, "because" in judged ? judged.because.kind : null]);

const OWN_LIST = { because: { kind: "own_list", data: { name: "Web" } }, fix: "price_list", fixId: "7" } as const;

describe("[PAR-1] what a window shows", () => {
  it("is the same where it is what everybody shows, and only what it shows is compared", () => {
    const cells = judgeThing({ name: "Mug", price: "12.50 EUR" }, expected(), standing("linked"));
    expect(cells.map(({ attribute, judged }) => [attribute, judged.verdict])).toEqual([
      ["listed", "same"],
      ["name", "same"],
      ["price", "same"],
    ]);
  });

  it("is wrong where it is neither the house's nor the channel's own", () => {
    expect(found({ name: "Cup", price: "9.00 EUR" }, expected(), standing("linked"))).toEqual([
      ["name", "wrong", "shown_differs"],
      ["price", "wrong", "shown_differs"],
    ]);
  });

  it("is wrong where it is not there at all, and nothing else is said of it then", () => {
    expect(found(undefined, expected(), standing("siloed"))).toEqual([["listed", "wrong", "shown_differs"]]);
  });
});

describe("[PAR-2] what is a channel's own", () => {
  const own = expected({ price: "9.00 EUR" }, { price: OWN_LIST });

  it("is wrong where the channel is linked, and says which list it comes from", () => {
    const cell = judgeThing({ price: "9.00 EUR" }, own, standing("linked")).find(({ attribute }) => attribute === "price");
    expect(cell).toMatchObject({ expected: "12.50 EUR", shown: "9.00 EUR", judged: { verdict: "wrong", fix: "price_list", fixId: "7" } });
  });

  for (const level of ["siloed", "handover"] as const)
    it(`is allowed where the channel is ${level}`, () => {
      expect(found({ price: "9.00 EUR" }, own, standing(level))).toEqual([["price", "allowed", "own_list"]]);
    });

  it("is what is expected where the channel is not linked: the house's price there is a mistake", () => {
    expect(found({ price: "12.50 EUR" }, own, standing("siloed"))).toEqual([["price", "wrong", "shown_differs"]]);
  });

  it("may be no name, on any level", () => {
    expect(found({ name: "Cup" }, expected({ name: "Cup" }), standing("siloed"))).toEqual([["name", "wrong", "own"]]);
  });

  it("is allowed on every level where something is left out on purpose", () => {
    const excluded = expected({ listed: null }, { listed: { because: { kind: "excluded" }, fix: "product", fixId: null } });
    expect(found(undefined, excluded, standing("linked"))).toEqual([["listed", "allowed", "excluded"]]);
    const apart = expected({ listed: null }, { listed: { because: { kind: "not_linked" }, fix: "channel", fixId: null } });
    expect(found(undefined, apart, standing("siloed", { kind: "inventory_feed" }))).toEqual([["listed", "allowed", "not_linked"]]);
    expect(found({ name: "Mug" }, excluded, standing("linked"))).toEqual([]);
  });
});

describe("[PAR-3] a window that is older than a change", () => {
  it("lags since that change where the value comes from what changed, and nowhere else", () => {
    const feed = standing("linked", { kind: "product_feed", behind: { pricing: NOON } });
    const cells = judgeThing({ name: "Cup", price: "9.00 EUR" }, expected(), feed);
    expect(cells.find(({ attribute }) => attribute === "price")?.judged).toEqual({
      verdict: "lagging",
      because: { kind: "feed_older" },
      since: NOON,
      fix: "renew_feed",
      fixId: null,
    });
    expect(cells.find(({ attribute }) => attribute === "name")?.judged).toMatchObject({ verdict: "wrong", fix: "renew_feed" });
  });
});
