import type { ChannelKind } from "@weft/contracts";
import { newId, type ChannelId, type RecordId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attributes, RecordFacts } from "./records.ts";
import { chooseProfile } from "./survivorship.ts";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
let made = 0;

function said(attributes: Attributes, on: number, more: Partial<RecordFacts> = {}): RecordFacts {
  made += 1;
  const saidAt = Object.fromEntries(Object.keys(attributes).map((field) => [field, day(on).toISOString()]));
  return {
    id: newId<RecordId>(),
    channelId: newId<ChannelId>(),
    channelKind: "web",
    attributes,
    saidAt,
    createdAt: day(made),
    verified: [],
    ...more,
  };
}

const chosen = (records: readonly RecordFacts[]) =>
  Object.fromEntries(chooseProfile(records).map(({ field, value, rule }) => [field, [value, rule]]));

describe("which value of a field is shown [IDN-5]", () => {
  it("the verified one, though another was said later", () => {
    const proven = said({ email: "a@example.com" }, 1, { verified: ["email"] });
    expect(chosen([said({ email: "b@example.com" }, 5), proven])).toEqual({ email: ["a@example.com", "verified"] });
  });

  it("else what was said last; saying another field makes it no newer", () => {
    const early = said({ phone: "+33639980001" }, 1);
    const moved = {
      ...early,
      attributes: { ...early.attributes, givenName: "Ada" },
      saidAt: { ...early.saidAt, givenName: day(9).toISOString() },
    };
    expect(chosen([moved, said({ phone: "+33639980002" }, 2)])).toEqual({
      givenName: ["Ada", "most_recent"],
      phone: ["+33639980002", "most_recent"],
    });
  });

  it.each<[ChannelKind, ChannelKind]>([
    ["desk", "web"],
    ["web", "store"],
    ["app", "social"],
  ])("of what was said at once, %s before %s", (first, second) => {
    const records = [said({ givenName: "Second" }, 3, { channelKind: second }), said({ givenName: "First" }, 3, { channelKind: first })];
    expect(chosen(records)).toEqual({ givenName: ["First", "channel_priority"] });
  });

  it("is the same whatever the order of the records", () => {
    const attributes = fc.record(
      { givenName: fc.constantFrom("A", "B", ""), email: fc.constantFrom("a@example.com", "b@example.com") },
      { requiredKeys: [] },
    );
    const records = fc.array(fc.tuple(attributes, fc.integer({ min: 1, max: 3 }), fc.boolean()), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(records, (given) => {
        const facts = given.map(([one, on, isVerified]) => said(one, on, { verified: isVerified ? ["email"] : [] }));
        expect(chooseProfile(facts.toReversed())).toEqual(chooseProfile(facts));
      }),
    );
  });
});
