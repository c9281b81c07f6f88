import { newId, type CustomerId, type IdentifierId, type RecordId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { STARTING_LIMITS } from "./limits.ts";
import { decideMatch as decideBy } from "./match.ts";
import type { Candidate, Identifier, IdentifierKind } from "./records.ts";

const candidate = (kind: IdentifierKind, more: Partial<Candidate> = {}): Candidate => ({
  recordId: newId<RecordId>(),
  customerId: newId<CustomerId>(),
  identifierId: newId<IdentifierId>(),
  kind,
  verified: true,
  mustNotLink: false,
  tooMany: false,
  isSameName: false,
  ...more,
});
const decideMatch = (identifiers: readonly Identifier[], candidates: readonly Candidate[]) =>
  decideBy(identifiers, candidates, STARTING_LIMITS);
const mine = (kind: IdentifierKind, verified = true): Identifier => ({ kind, value: "same", verified });

describe("deciding who a record is [IDN-2]", () => {
  it.each([
    ["verified on both sides", true, true, "link"],
    ["verified here only", true, false, "review"],
    ["verified there only", false, true, "review"],
    ["verified nowhere", false, false, "review"],
  ])("an e-mail address %s: %s, %s is a %s", (_what, here, there, kind) => {
    const { links, reviews } = decideMatch([mine("email", here)], [candidate("email", { verified: there })]);
    expect([links.length, reviews.length]).toEqual(kind === "link" ? [1, 0] : [0, 1]);
  });

  it("a device or an unverified card never asks anybody", () => {
    expect(decideMatch([mine("device")], [candidate("device", { verified: false }), candidate("card", { verified: false })])).toMatchObject(
      {
        links: [],
        reviews: [],
      },
    );
  });

  it("proof by two values links one customer once, and two customers both", () => {
    const customerId = newId<CustomerId>();
    const same = [candidate("phone", { customerId }), candidate("email", { customerId })];
    expect(decideMatch([mine("email"), mine("phone")], same).links).toMatchObject([{ on: "email" }]);
    expect(decideMatch([mine("email"), mine("phone")], [candidate("phone"), candidate("email")]).links).toHaveLength(2);
  });

  it("a hint about somebody who is linked already asks nobody", () => {
    const customerId = newId<CustomerId>();
    const { reviews } = decideMatch(
      [mine("email"), mine("phone", false)],
      [candidate("email", { customerId }), candidate("phone", { customerId, verified: false })],
    );
    expect(reviews).toEqual([]);
  });

  it("[IDN-3] who was judged different is nobody, and [IDN-6] a limit asks a person instead of linking", () => {
    expect(decideMatch([mine("email")], [candidate("email", { mustNotLink: true })])).toMatchObject({
      links: [],
      reviews: [],
      because: "nobody_like_this",
    });
    expect(decideMatch([mine("email")], [candidate("email", { tooMany: true })])).toMatchObject({
      links: [],
      violations: [{ on: "email" }],
      reviews: [{ because: "limit_reached" }],
    });
  });
});
