import type { IdentifierLimitView } from "@weft/contracts/client";
import { describe, expect, it } from "vitest";
import { blockedLines, changedLimits } from "./limits-draft.ts";
import { readPairs } from "./read-pairs.ts";

describe("limits that are being changed", () => {
  it("are those that differ, and blocked values are one in each line", () => {
    const email: IdentifierLimitView = {
      kind: "email",
      scope: "person",
      whenProven: "joins",
      whenClaimed: "asks",
      valuesPerCustomer: 5,
      customersPerValue: 20,
      blocked: [],
    };
    const phone: IdentifierLimitView = { ...email, kind: "phone" };
    expect(changedLimits([email, phone], [email, phone])).toEqual([]);
    expect(changedLimits([email, phone], [email, { ...phone, blocked: ["+33 6*"] }]).map(({ kind }) => kind)).toEqual(["phone"]);
    expect(blockedLines(" *@firm.example \n\n*@firm.example\nx\nshop@one.example")).toEqual(["*@firm.example", "shop@one.example"]);
  });
});

describe("pairs of a file", () => {
  it("are read with a header or without, with any usual separator, and what is no pair is told by its line", () => {
    const pair = {
      a: { channel: "shop", externalId: "4711" },
      b: { channel: "tills", externalId: "K, 12" },
      decision: "same",
      reason: 'the "paper" form',
    };
    const comma =
      'channel,id,channel,id,decision,reason\nshop,4711,tills,"K, 12",same,"the ""paper"" form"\n\nshop,1,tills,,same,because\n';
    expect(readPairs(comma)).toMatchObject([
      { line: 2, pair },
      { line: 4, pair: null },
    ]);
    expect(readPairs("shop;1;tills;2;verschieden;gefragt")).toMatchObject([
      { line: 1, pair: { decision: "different", reason: "gefragt" } },
    ]);
  });
});
