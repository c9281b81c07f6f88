import { FACETS, type Facet, type LinkLevel } from "@weft/contracts";
import { newId, type ChannelId, type GroupId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { carries, NO_CHANNEL, seamEnd, type Proof } from "./index.ts";

const PROOFS: readonly Proof[] = ["none", "card", "code", "link", "order_number", "receipt", "reference"];

/** Written out by hand: each pair of levels with the level of its seam. */
const SEAMS: readonly (readonly [LinkLevel, LinkLevel, LinkLevel])[] = [
  ["siloed", "siloed", "siloed"],
  ["siloed", "handover", "siloed"],
  ["siloed", "linked", "siloed"],
  ["handover", "siloed", "siloed"],
  ["handover", "handover", "handover"],
  ["handover", "linked", "handover"],
  ["linked", "siloed", "siloed"],
  ["linked", "handover", "handover"],
  ["linked", "linked", "linked"],
];

/** Written out by hand from the table of link levels: what must be shown at `handover`, and what is worth what. */
const AT_HANDOVER: Record<Facet, { readonly shown: readonly Proof[]; readonly terms: object }> = {
  identity: { shown: ["card", "code", "link", "order_number", "receipt"], terms: { knows: "shown_object" } },
  cart: { shown: ["code", "link"], terms: { cart: "moves" } },
  price: { shown: ["code", "link"], terms: { heldFor: "code" } },
  promise: { shown: [], terms: { places: "collection_where_offered" } },
  order: { shown: ["code", "order_number", "receipt"], terms: { may: ["see", "collect", "return"], refundTo: "store_credit" } },
  loyalty: { shown: ["card", "code"], terms: { earn: "anywhere", burn: "home", balanceAsOf: "last_night" } },
  conversation: { shown: ["reference"], terms: { shows: "summary" } },
  preferences: { shown: [], terms: { travels: "opt_outs" } },
};

const WHEN_LINKED: Record<Facet, object> = {
  identity: { knows: "customer" },
  cart: { cart: "one_live" },
  price: { heldFor: "promise" },
  promise: { places: "all" },
  order: { may: ["see", "change", "collect", "return"], refundTo: "tender" },
  loyalty: { earn: "anywhere", burn: "anywhere", balanceAsOf: "now" },
  conversation: { shows: "thread" },
  preferences: { travels: "all" },
};

const channel = (level: LinkLevel) => seamEnd({ id: newId<ChannelId>(), linkLevel: level, placeLevels: [] }, []);

describe("[CHA-5] what is carried over a seam", () => {
  for (const [from, to, seam] of SEAMS)
    it(`between ${from} and ${to} is as the table says, for every facet and proof`, () => {
      const ends = [channel(from), channel(to)] as const;
      for (const facet of FACETS)
        for (const proof of PROOFS)
          expect([facet, proof, carries(...ends, facet, proof)]).toEqual([facet, proof, expected(seam, facet, proof)]);
    });

  it("is everything within one channel, on the terms of a linked one", () => {
    const end = channel("siloed");
    for (const facet of FACETS)
      expect(carries(end, end, facet)).toEqual({ carried: true, because: "same_channel", level: "linked", terms: WHEN_LINKED[facet] });
  });

  it("is decided for the hub at work by the channel's level alone", () => {
    expect(carries(NO_CHANNEL, channel("linked"), "cart").carried).toBe(true);
    expect(carries(NO_CHANNEL, channel("siloed"), "cart").carried).toBe(false);
    expect(carries(NO_CHANNEL, NO_CHANNEL, "identity").because).toBe("linked");
  });
});

function expected(seam: LinkLevel, facet: Facet, proof: Proof): object {
  const { shown, terms } = AT_HANDOVER[facet];
  if (seam === "siloed") return { carried: false, because: "siloed", level: seam, proofs: [] };
  if (seam === "linked") return { carried: true, because: "linked", level: seam, terms: WHEN_LINKED[facet] };
  if (shown.length === 0) return { carried: true, because: "handover", level: seam, terms };
  if (shown.includes(proof)) return { carried: true, because: "shown", level: seam, terms };
  return { carried: false, because: "not_shown", level: seam, proofs: expect.arrayContaining([...shown]) };
}

describe("[CHA-7] the level at a place", () => {
  const [city, country, elsewhere] = [newId<GroupId>(), newId<GroupId>(), newId<GroupId>()];
  const set = {
    id: newId<ChannelId>(),
    linkLevel: "linked",
    placeLevels: [
      { groupId: country, facet: "cart", level: "siloed" },
      { groupId: country, facet: "order", level: "siloed" },
      { groupId: city, facet: "cart", level: "handover" },
    ],
  } as const;

  it("is that of the nearest group that sets one, else the channel's", () => {
    const { levels } = seamEnd(set, [city, country]);
    expect([levels.cart, levels.order, levels.price]).toEqual(["handover", "siloed", "linked"]);
    expect(seamEnd(set, [country]).levels.cart).toBe("siloed");
    expect(seamEnd(set, [elsewhere]).levels.cart).toBe("linked");
    expect(seamEnd(set, []).levels.order).toBe("linked");
  });
});

describe("[CHA-9] a circle", () => {
  const end = (circle: string | null) => seamEnd({ id: newId<ChannelId>(), linkLevel: "linked", placeLevels: [], circle }, []);

  it("is linked within, and keeps to itself against every other channel", () => {
    for (const facet of FACETS) {
      expect(carries(end("a"), end("a"), facet, "card").carried).toBe(true);
      expect(carries(end("a"), end("b"), facet, "card").carried).toBe(false);
      expect(carries(end("a"), end(null), facet, "card").carried).toBe(false);
      expect(carries(NO_CHANNEL, end("a"), facet, "card").carried).toBe(true);
    }
  });
});
