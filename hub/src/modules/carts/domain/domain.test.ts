import type { CartOperation } from "@weft/contracts/client";
import { newId, type CartId, type ChannelId, type LineId, type PlaceId, type ProductId, type RecordId, type VariantId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  HANDOVER_CODE_LENGTH,
  applyOperations,
  completeOptions,
  handoverCode,
  normalizeHandoverCode,
  rightOn,
  type Asker,
  type Goods,
  type LoadedCart,
  type OperationFacts,
  type StoredHolder,
} from "./index.ts";

// Ids of tests are made here: the brand exists only in types.
const CHANNEL = newId<ChannelId>();
const STORE = newId<PlaceId>();
const MILK = {
  code: "milk",
  name: { en: "Milk" },
  minimum: 1,
  maximum: 1,
  values: ["whole", "oat"].map((code) => ({
    code,
    name: { en: code },
    priceDifference: { amount: code === "oat" ? 50 : 0, currency: "EUR" },
  })),
};
const SYRUP = {
  ...MILK,
  code: "syrup",
  minimum: 0,
  maximum: 2,
  values: ["vanilla", "hazelnut", "caramel"].map((code) => ({
    code,
    name: { en: code },
    priceDifference: { amount: 40, currency: "EUR" },
  })),
};

const goods = (sku: string, optionGroups: Goods["optionGroups"] = []): Goods => ({
  variantId: newId<VariantId>(),
  productId: newId<ProductId>(),
  sku,
  name: { en: sku },
  pictureUrl: null,
  unit: "piece",
  taxClass: "food",
  tracked: true,
  isShippable: true,
  prepSeconds: 0,
  optionGroups,
  parts: [],
});
const LATTE = goods("LATTE", [MILK, SYRUP]);
const MUG = goods("MUG");
const BEANS = goods("BEANS");
const ALL = [LATTE, MUG, BEANS];

const FACTS: OperationFacts = {
  goods: { bySku: (sku) => ALL.find((one) => one.sku === sku), byVariant: (id) => ALL.find((one) => one.variantId === id) },
  adder: { channelId: CHANNEL, channelKind: "web", placeId: null, staffId: null, at: new Date("2026-03-02T09:00:00Z") },
  newLineId: () => newId<LineId>(),
  recordFor: () => undefined,
  whyNoReward: () => undefined,
  companyFor: () => undefined,
  isStore: (placeId) => placeId === STORE,
  mayCollectAt: (placeId) => placeId === STORE,
};

const cart = (over: Partial<LoadedCart> = {}): LoadedCart => ({
  id: newId<CartId>(),
  version: 1,
  state: "open",
  current: true,
  recordId: newId<RecordId>(),
  customer: null,
  isMine: false,
  customerGroups: [],
  company: null,
  channelId: CHANNEL,
  channelKind: "web",
  sellingChannelId: CHANNEL,
  placeId: null,
  wanted: null,
  address: null,
  codes: [],
  usedUpCodes: [],
  rewards: [],
  purse: null,
  pricesUntil: null,
  offer: null,
  channelsSeen: ["web"],
  lines: [],
  holds: [],
  holders: [],
  earlier: null,
  orderId: null,
  openedAt: new Date(0),
  updatedAt: new Date(0),
  ...over,
});

const add = (sku: string, quantity = 1, options: { group: string; value: string }[] = []): CartOperation => ({
  id: newId(),
  kind: "add",
  sku,
  quantity,
  options,
});
const run = (operations: CartOperation[], start = cart()) => applyOperations(start, operations, FACTS);

describe("[CRT-2] operations", () => {
  it("the same goods with the same options join one line, with other options they are another", () => {
    const { lines } = run([add("LATTE"), add("LATTE", 2), add("LATTE", 1, [{ group: "milk", value: "oat" }])]);
    expect(lines.map(({ quantity, options }) => ({ quantity, milk: options[0]?.value }))).toEqual([
      { quantity: 3, milk: "whole" },
      { quantity: 1, milk: "oat" },
    ]);
  });

  it("one that is refused leaves the cart as it was, says why, and stops no other", () => {
    const { lines, outcomes } = run([add("MUG"), add("NO-SUCH"), add("BEANS")]);
    expect(lines.map(({ sku }) => sku)).toEqual(["MUG", "BEANS"]);
    expect(outcomes.map(({ outcome, refusal }) => refusal?.code ?? outcome)).toEqual(["applied", "catalog.unknown_sku", "applied"]);
  });

  it("removing what another device removed already is no mistake", () => {
    const first = run([add("MUG")]);
    const line = first.lines[0]?.id ?? "";
    const twice = applyOperations(
      cart({ lines: first.lines }),
      [1, 2].map(() => ({ id: newId(), kind: "remove" as const, lineId: line })),
      FACTS,
    );
    expect(twice.lines).toEqual([]);
    expect(twice.outcomes.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
  });

  it("a place that is no store is refused", () => {
    const { outcomes, placeId } = run([
      { id: newId(), kind: "setFulfillment", fulfillment: { kind: "collect", placeId: newId(), dining: "take_away", dueAt: null } },
    ]);
    expect(outcomes[0]?.refusal?.code).toBe("places.unknown_store");
    expect(placeId).toBeNull();
  });

  it("whatever two devices add, in whatever order, the sum of each thing is the same", () => {
    const adds = fc.array(fc.record({ sku: fc.constantFrom("LATTE", "MUG", "BEANS"), quantity: fc.integer({ min: 1, max: 20 }) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(adds, fc.infiniteStream(fc.nat()), (wanted, keys) => {
        const sums = (list: typeof wanted) => {
          const totals = new Map<string, number>();
          for (const line of run(list.map(({ sku, quantity }) => add(sku, quantity))).lines)
            totals.set(line.sku, (totals.get(line.sku) ?? 0) + line.quantity);
          return [...totals].sort(([a], [b]) => a.localeCompare(b));
        };
        const shuffled = wanted
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => Number(a.key) - Number(b.key))
          .map(({ one }) => one);
        expect(sums(shuffled)).toEqual(sums(wanted));
      }),
    );
  });
});

describe("options of a line", () => {
  it("a required group that was not chosen takes its first value", () => {
    expect(completeOptions(LATTE, [])).toEqual({ value: [{ group: "milk", value: "whole" }] });
  });

  it("a value that nobody offers, and more than a group takes, are refused", () => {
    expect(completeOptions(LATTE, [{ group: "milk", value: "camel" }])).toMatchObject({ refusal: { code: "option.unknown" } });
    const three = ["vanilla", "hazelnut", "caramel"].map((value) => ({ group: "syrup", value }));
    expect(completeOptions(LATTE, three)).toMatchObject({ refusal: { code: "option.too_many", data: { most: 2 } } });
  });
});

describe("[CRT-7] who may use a cart", () => {
  const holder: StoredHolder = {
    id: "h",
    kind: "visitor",
    mode: "owner",
    tokenHash: "ab",
    recordId: null,
    deviceId: null,
    staffId: null,
    channelId: CHANNEL,
    channelKind: "web",
    name: null,
    since: new Date(0),
  };
  const nobody: Asker = {
    kind: "publishable",
    tokenHash: null,
    deviceId: null,
    staffId: null,
    channelId: CHANNEL,
    readsAll: false,
    servesAll: false,
  };

  it.each([
    ["an id alone", nobody, {}, "nothing"],
    ["the holder's token", { ...nobody, tokenHash: "ab" }, {}, "use"],
    ["another token", { ...nobody, tokenHash: "cd" }, {}, "nothing"],
    ["the cart's own customer", { ...nobody, kind: "customer" }, { isMine: true }, "use"],
    ["another customer", { ...nobody, kind: "customer" }, {}, "nothing"],
    ["the channel's secret key", { ...nobody, kind: "secret" }, {}, "use"],
    ["another channel's secret key", { ...nobody, kind: "secret", channelId: newId<ChannelId>() }, {}, "nothing"],
    ["staff of the office", { ...nobody, kind: "staff", readsAll: true }, {}, "read"],
    ["a barista", { ...nobody, kind: "staff" }, {}, "nothing"],
  ] as const)("%s", (_who, asker, over, may) => {
    expect(rightOn(cart({ holders: [holder], ...over }), asker).may).toBe(may);
  });
});

describe("[CRT-4] hand-over codes", () => {
  it("have no letter that is mistaken for another, and read the same however they are typed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (random) => {
        const code = handoverCode(random);
        expect(code).not.toMatch(/[01258ILOSZB]/);
        if (code.length === HANDOVER_CODE_LENGTH)
          expect(normalizeHandoverCode(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `)).toBe(code);
      }),
    );
  });
});
