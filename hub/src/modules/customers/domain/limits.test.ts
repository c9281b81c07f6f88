import { newId, type LinkId, type RecordId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { components } from "./components.ts";
import { effectOf, isAmong, linksBeyond, STARTING_LIMITS, type HeldIdentifier, type LimitedLink, type Limits } from "./limits.ts";

const RECORDS = Array.from({ length: 8 }, () => newId<RecordId>());
const [A, B, C, D] = RECORDS as [RecordId, RecordId, RecordId, RecordId, ...RecordId[]]; // eight were made
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const link = (a: RecordId, b: RecordId, minute: number, more: Partial<LimitedLink> = {}): LimitedLink => ({
  id: newId<LinkId>(),
  a,
  b,
  kind: "shared_identifier",
  on: "email",
  identifierId: "mail",
  at: at(minute),
  ...more,
});
const mail = (recordId: RecordId, identifierId: string, tellsNobody = false): HeldIdentifier => ({
  recordId,
  kind: "email",
  identifierId,
  tellsNobody,
});
const withEmail = (more: Partial<Limits["email"]>): Limits => ({ ...STARTING_LIMITS, email: { ...STARTING_LIMITS.email, ...more } });

describe("what a shared value does [IDN-29]", () => {
  it.each([
    ["a proven e-mail address joins", "email", true, false, "joins"],
    ["one that is only said asks", "email", false, false, "asks"],
    ["a loyalty card that nobody showed says nothing", "card", false, false, "nothing"],
    ["a payment card never joins, and alone says nothing", "payment_card", true, false, "nothing"],
    ["with a name that agrees it asks", "payment_card", true, true, "asks"],
  ] as const)("%s", (_what, kind, isProven, hasCompany, effect) => {
    expect(effectOf(STARTING_LIMITS[kind], isProven, hasCompany)).toBe(effect);
  });

  it("of a household never joins, whatever else is set", () => {
    const { email } = withEmail({ scope: "household" });
    expect([effectOf(email, true, true), effectOf(email, true, false)]).toEqual(["asks", "nothing"]);
  });

  it("blocked values may name anything by a star, and each letter otherwise", () => {
    const patterns = ["*@firm.example", "+33 6*", "info@*.example", "exact@one.example"];
    const blocked = ["Office@Firm.example", "info@a.b.example", "exact@one.example"];
    expect(blocked.filter((value) => isAmong(patterns, value))).toEqual(blocked);
    expect(["a@firm.example.org", "exact@one.example2", "information@x.example"].filter((value) => isAmong(patterns, value))).toEqual([]);
    expect(isAmong(["a*a"], "a")).toBe(false);
    expect(isAmong([`${"*a".repeat(60)}b`], "a".repeat(4_000))).toBe(false);
  });
});

describe("links beyond the limits [IDN-29]", () => {
  it("of a kind that joins no longer, and of values that are set aside, go; what people decided stays", () => {
    const proven = link(A, B, 1);
    const judged = link(B, C, 2, { kind: "agent", on: null, identifierId: null });
    expect([...linksBeyond([proven, judged], [], withEmail({ whenProven: "asks" }))]).toEqual([[proven.id, "limit_kind"]]);
    expect([...linksBeyond([proven, judged], [mail(A, "mail", true)], STARTING_LIMITS)]).toEqual([
      [proven.id, "limit_customers_per_value"],
    ]);
    expect(linksBeyond([proven, judged], [mail(A, "mail")], STARTING_LIMITS).size).toBe(0);
  });

  it("the weaker goes where one person would have too many values: likeness before proof, the later before the earlier", () => {
    const held = [mail(A, "1"), mail(B, "2"), mail(C, "3"), mail(D, "4")];
    const links = [link(A, B, 5), link(B, C, 1, { kind: "model", on: null, identifierId: null }), link(A, D, 6)];
    const beyond = linksBeyond(links, held, withEmail({ valuesPerCustomer: 2 }));
    expect([...beyond.values()]).toEqual(["limit_values_per_customer", "limit_values_per_customer"]);
    expect(beyond.has(links[0]?.id as LinkId)).toBe(false); // the first of three
  });

  it("leaves every person within the limits, takes nothing that could stay, and asks in no order", () => {
    const records = fc.integer({ min: 0, max: RECORDS.length - 1 });
    const edge = fc.tuple(records, records, fc.integer({ min: 0, max: 9 }), fc.boolean()).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 14 }), fc.integer({ min: 1, max: 4 }), (edges, most) => {
        const held = RECORDS.map((record, n) => mail(record, `mail ${n % 6}`));
        const links = edges.map(([a, b, minute, isModel]) =>
          link(RECORDS[a] ?? A, RECORDS[b] ?? B, minute, isModel ? { kind: "model", on: null, identifierId: null } : {}),
        );
        const limits = withEmail({ valuesPerCustomer: most });
        const beyond = linksBeyond(links, held, limits);
        expect(new Set(linksBeyond(links.toReversed(), held, limits).keys())).toEqual(new Set(beyond.keys()));
        const standing = links.filter(({ id }) => !beyond.has(id));
        const isWithin = (with_: readonly LimitedLink[]): boolean =>
          components(RECORDS, with_).every(
            (group) =>
              new Set(held.filter(({ recordId }) => group.includes(recordId)).map(({ identifierId }) => identifierId)).size <= most,
          );
        expect(isWithin(standing)).toBe(true);
        for (const each of links) if (beyond.has(each.id)) expect(isWithin([...standing, each])).toBe(false);
      }),
    );
  });
});
