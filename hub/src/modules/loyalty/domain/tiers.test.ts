import { describe, expect, it } from "vitest";
import { nextStanding, nextTier, windowOf, type TierPolicy, type TierStanding } from "./tiers.ts";

const POLICY: TierPolicy = {
  basis: "points",
  window: { kind: "days", days: 365 },
  downgrade: { kind: "after", days: 30 },
  softLanding: false,
  tiers: [
    { code: "silver", name: { en: "Silver" }, from: 100 },
    { code: "gold", name: { en: "Gold" }, from: 300 },
    { code: "black", name: { en: "Black" }, from: 1000 },
  ],
};
const at = (code: string | null, belowSince: string | null = null): TierStanding => ({ code, belowSince });
const after = (policy: Partial<TierPolicy>, standing: TierStanding, now: number, before = 0, today = "2026-03-02") =>
  nextStanding({ ...POLICY, ...policy }, standing, { now, before }, today);

describe("[LOY-15] tiers", () => {
  it("up at once, as far as was reached; below the first there is none", () => {
    expect([0, 99, 100, 299, 300, 5000].map((reached) => after({}, at(null), reached).code)).toEqual([
      null,
      null,
      "silver",
      "silver",
      "gold",
      "black",
    ]);
    expect(after({}, at("silver", "2026-02-01"), 300)).toEqual(at("gold"));
  });

  it("down when the days of grace are over, and not when what was missing came back in time", () => {
    expect(after({}, at("gold"), 250)).toEqual(at("gold", "2026-03-02"));
    expect(after({}, at("gold", "2026-02-01"), 250, 0, "2026-03-02")).toEqual(at("gold", "2026-02-01"));
    expect(after({}, at("gold", "2026-02-01"), 250, 0, "2026-03-03")).toEqual(at("silver"));
    expect(after({}, at("gold", "2026-02-01"), 320)).toEqual(at("gold"));
    expect(after({ downgrade: { kind: "after", days: 0 } }, at("gold"), 50)).toEqual(at(null));
  });

  it("softly by one tier at a time, each with its own days of grace; never where the policy says so", () => {
    const softly = { softLanding: true };
    expect(after(softly, at("black", "2026-01-01"), 0)).toEqual(at("gold"));
    expect(after(softly, at("gold"), 0)).toEqual(at("gold", "2026-03-02"));
    expect(after({ downgrade: { kind: "never" } }, at("black"), 0)).toEqual(at("black"));
  });

  it("by calendar year what was reached last year holds through this one", () => {
    const yearly = { window: { kind: "year" }, downgrade: { kind: "after", days: 0 } } as const;
    expect(windowOf(yearly, "2026-03-02")).toEqual({ from: "2026-01-01", before: "2025-01-01" });
    expect(windowOf(POLICY, "2026-03-02")).toEqual({ from: "2025-03-03", before: null });
    expect(after(yearly, at("gold"), 10, 400)).toEqual(at("gold"));
    expect(after(yearly, at("gold"), 10, 120)).toEqual(at("silver"));
  });

  it("a tier that the program no longer has is none; the next one says what is missing", () => {
    expect(after({}, at("platinum"), 150)).toEqual(at("silver"));
    expect(nextTier(POLICY, "silver", 120)).toMatchObject({ tier: { code: "gold" }, missing: 180 });
    expect([nextTier(POLICY, null, 0)?.missing, nextTier(POLICY, "black", 2000)]).toEqual([100, null]);
  });
});
