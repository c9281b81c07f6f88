import fc from "fast-check";
import type { BonusTermsView } from "@weft/contracts";
import { asId, newId, type CategoryId, type ChannelId, type ProductId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { bonusTerms } from "../../../../test/bonus-terms.ts";
import { toBonus } from "../terms.ts";
import { NO_STANDING, type Bonus, type BonusId, type EarningSale, type EarnStanding } from "./bonuses.ts";
import { earnedBy, type EarnRule, NO_TERMS } from "./earning.ts";
import { daysToBirthday, periodOf, streakBefore } from "./periods.ts";
import { judgeReferral } from "./referring.ts";
import { simulate } from "./simulate.ts";
import { lineLeft, NOTHING_LEFT, pointsKept, type StillTheirs } from "./taking-back.ts";

const [COFFEE, CAKES] = [newId<CategoryId>(), newId<CategoryId>()];
const [LATTE, TART] = [newId<ProductId>(), newId<ProductId>()];
const WEB = newId<ChannelId>();

const bonus = (given: Parameters<typeof bonusTerms>[0]): Bonus => toBonus(bonusTerms(given));

const rule = (...bonuses: readonly Bonus[]): EarnRule => ({
  programId: asId(newId()),
  programName: "Threads",
  version: 7,
  points: 1,
  perMinorUnits: 100,
  currency: "EUR",
  pendingDays: 0,
  bonuses,
  tiers: null,
  terms: NO_TERMS,
});

/** Two lattes of 4.50 and a tart of 6.20 in Paris, on Monday 2 March 2026 at 17:30. */
const SALE: EarningSale = {
  paid: { amount: 1520, currency: "EUR" },
  lines: [
    { id: "latte", productId: LATTE, categoryIds: [COFFEE], pieces: 2, amount: 900 },
    { id: "tart", productId: TART, categoryIds: [CAKES], pieces: 1, amount: 620 },
  ],
  context: {
    at: new Date("2026-03-02T16:30:00Z"),
    currency: "EUR",
    channelId: WEB,
    groupIds: [],
    customerGroups: ["member", "tier:gold"],
    timeZone: "Europe/Paris",
    isKnown: true,
  },
  standing: NO_STANDING,
};
const standing = (given: Partial<EarnStanding>): EarningSale => ({ ...SALE, standing: { ...NO_STANDING, ...given } });
const points = (earning: EarnRule, sale: EarningSale = SALE): number => earnedBy(earning, sale).points;
const TEN = { kind: "points", points: 10 } as const;

describe("[LOY-13] what a sale earns besides the points of its amount", () => {
  it("goods at a multiple, points for pieces, points once; each says how much, by which rule and version", () => {
    const twice = bonus({ gives: { kind: "multiply", percent: 200 }, goods: { categoryIds: [COFFEE], productIds: [] } });
    const pieces = bonus({
      gives: { kind: "per_piece", points: 5, every: 2, carries: false },
      goods: { categoryIds: [], productIds: [LATTE] },
    });
    const once = bonus({ gives: TEN });
    expect(earnedBy(rule(twice, pieces, once), SALE)).toMatchObject({
      points: 15 + 9 + 5 + 10,
      because: {
        data: {
          version: 7,
          amount: 1520,
          bonuses: [
            { id: twice.id, points: 9, lines: ["latte"] },
            { id: pieces.id, points: 5 },
            { id: once.id, points: 10, lines: null },
          ],
        },
      },
    });
  });

  it.each<readonly [string, Partial<BonusTermsView>, number]>([
    ["its goods are not there", { goods: { categoryIds: [newId()], productIds: [] } }, 15],
    ["its goods cost just enough", { minimum: 620, goods: { categoryIds: [CAKES], productIds: [] } }, 25],
    ["its goods cost a cent too little", { minimum: 621, goods: { categoryIds: [CAKES], productIds: [] } }, 15],
    ["there are pieces enough", { minimumPieces: 3 }, 25],
    ["there are too few pieces", { minimumPieces: 4 }, 15],
    ["it is its hour", { hours: { weekdays: [1], from: "17:00", to: "18:00" } }, 25],
    ["it is another weekday", { hours: { weekdays: [2], from: "17:00", to: "18:00" } }, 15],
    ["it has not begun", { validFrom: "2026-03-02T16:31:00Z" }, 15],
    ["it is over", { validTo: "2026-03-02T16:30:00Z" }, 15],
    ["it is their tier", { customerGroups: ["tier:gold"] }, 25],
    ["it is another tier", { customerGroups: ["tier:silver"] }, 15],
    ["it is their channel", { channelIds: [WEB] }, 25],
    ["it is another channel", { channelIds: [newId()] }, 15],
    ["it is a first order", { firstOrder: true }, 25],
  ])("when %s", (_when, terms, expected) => {
    expect(points(rule(bonus({ gives: TEN, ...terms })))).toBe(expected);
  });

  it("who has ordered before has no first order, and another currency earns nothing", () => {
    const first = rule(bonus({ gives: TEN, firstOrder: true }));
    expect(points(first, { ...SALE, context: { ...SALE.context, customerGroups: ["buyer"] } })).toBe(15);
    expect(points(first, { ...SALE, paid: { amount: 1520, currency: "CHF" } })).toBe(0);
  });

  it("one that stops keeps those behind it from giving, where it gives itself", () => {
    const [stopping, behind] = [bonus({ gives: TEN, stops: true, minimum: 1520 }), bonus({ gives: { kind: "points", points: 100 } })];
    expect(points(rule(stopping, behind))).toBe(25);
    expect(points(rule(stopping, behind), { ...SALE, paid: { amount: 1519, currency: "EUR" } })).toBe(115);
  });
});

describe("[LOY-14] what a bonus asks of the member", () => {
  it("as often as its limit says, on the visit that was missing, around the birthday", () => {
    const limited = bonus({ gives: TEN, limit: { times: 2, per: "month" } });
    const fifth = bonus({ gives: TEN, visits: { count: 5, days: 30 } });
    const birthday = bonus({ gives: TEN, birthdayDays: 3 });
    const used = (times: number) => standing({ used: new Map([[limited.id, times]]) });
    expect([points(rule(limited), used(1)), points(rule(limited), used(2))]).toEqual([25, 15]);
    const seen = (days: number) => standing({ visits: new Map([[fifth.id, days]]) });
    expect([points(rule(fifth), seen(3)), points(rule(fifth), seen(4))]).toEqual([15, 25]);
    expect([3, 4, null].map((days) => points(rule(birthday), standing({ daysToBirthday: days })))).toEqual([25, 15, 15]);
  });

  it("after so many weeks in a row: a week that is missed begins it anew, and so does having it", () => {
    const third = bonus({ gives: TEN, streak: { count: 3, per: "week" } });
    const before = (weeks: number) => standing({ streaks: new Map([[third.id, weeks]]) });
    expect([1, 2, 3].map((weeks) => points(rule(third), before(weeks)))).toEqual([15, 25, 25]);
    const days = new Set(["2026-03-02", "2026-03-09", "2026-03-17", "2026-02-16"]);
    expect(streakBefore("week", "2026-03-24", days, null)).toBe(3);
    expect(streakBefore("week", "2026-03-24", days, "2026-03-09")).toBe(1);
    expect(streakBefore("week", "2026-04-01", days, null)).toBe(0);
    expect(streakBefore("month", "2026-04-01", days, null)).toBe(2);
    const on = (day: string) => ({ ...SALE, member: "ada", day, birthDate: null });
    const weeks = ["2026-03-02", "2026-03-05", "2026-03-09", "2026-03-17", "2026-03-18", "2026-03-24", "2026-03-30", "2026-04-07"];
    expect(simulate(rule(third), weeks.map(on)).map((sale) => sale.points - 15)).toEqual([0, 0, 0, 10, 0, 0, 0, 10]);
  });

  it("periods are those of the calendar, a week from Monday; birthdays wrap around the year", () => {
    expect(["day", "week", "month", "year", "life"].map((per) => Object.values(periodOf(per as "day", "2026-03-01")))).toEqual([
      ["2026-03-01", "2026-03-02"],
      ["2026-02-23", "2026-03-02"],
      ["2026-03-01", "2026-04-01"],
      ["2026-01-01", "2027-01-01"],
      [null, null],
    ]);
    expect(
      [
        ["1990-12-31", "2026-01-02"],
        ["1990-01-02", "2025-12-31"],
        ["2000-02-29", "2026-03-01"],
        ["2000-03-05", "2026-03-05"],
      ].map(([born = "", day = ""]) => daysToBirthday(born, day)),
    ).toEqual([2, 2, 0, 0]);
  });

  it("a stamp card counts on from sale to sale, and gives nothing twice when an earlier sale came back", () => {
    const card = rule(
      bonus({ gives: { kind: "per_piece", points: 40, every: 10, carries: true }, goods: { categoryIds: [COFFEE], productIds: [] } }),
    );
    const [one] = card.bonuses;
    const after = (pieces: number, times: number) => standing({ stamps: new Map([[one?.id ?? newId<BonusId>(), { pieces, times }]]) });
    expect(
      [
        [7, 0],
        [8, 0],
        [9, 0],
        [18, 1],
        [8, 1],
        [18, 2],
      ].map(([pieces = 0, times = 0]) => points(card, after(pieces, times)) - 15),
    ).toEqual([0, 40, 40, 40, 0, 0]);
    expect(earnedBy(card, after(3, 0)).bonuses).toMatchObject([{ points: 0, pieces: 2, stamps: { pieces: 3, times: 0 } }]);
  });

  it("[LOY-17] a simulation counts limits and visits from sale to sale", () => {
    const [weekly, third] = [
      bonus({ gives: TEN, limit: { times: 1, per: "week" } }),
      bonus({ gives: { kind: "points", points: 100 }, visits: { count: 3, days: 10 } }),
    ];
    const on = (day: string, member = "ada") => ({ ...SALE, member, day, birthDate: null });
    const days = ["2026-03-02", "2026-03-02", "2026-03-04", "2026-03-09", "2026-03-10"];
    const given = simulate(rule(weekly, third), [...days.map((day) => on(day)), on("2026-03-10", "bea")]);
    expect(given.map((sale) => sale.points - 15)).toEqual([10, 0, 0, 110, 0, 10]);
  });
});

describe("[LOY-13] every kind of rule by its name", () => {
  const earned = (given: Partial<BonusTermsView>, sale: EarningSale = SALE) => points(rule(bonus({ gives: TEN, ...given })), sale) - 15;
  const seen = (given: Partial<EarnStanding>) => (of: Bonus) => points(rule(of), standing(given)) - 15;

  it("spend: the points of the amount, and more from an amount on", () => {
    expect(points(rule())).toBe(15);
    expect([earned({ minimum: 1520 }), earned({ minimum: 1521 })]).toEqual([10, 0]);
  });
  it("product: for these goods, and for nothing else", () => {
    expect([TART, newId<ProductId>()].map((id) => earned({ goods: { categoryIds: [], productIds: [id] } }))).toEqual([10, 0]);
  });
  it("visit: on the visit that makes so many", () => {
    const of = bonus({ gives: TEN, visits: { count: 3, days: 30 } });
    expect([1, 2].map((days) => seen({ visits: new Map([[of.id, days]]) })(of))).toEqual([0, 10]);
  });
  it("channel: on these channels, and on no other", () => {
    expect([WEB, newId<ChannelId>()].map((id) => earned({ channelIds: [id] }))).toEqual([10, 0]);
  });
  it("first time: for who has not ordered before", () => {
    const buyer = { ...SALE, context: { ...SALE.context, customerGroups: ["buyer"] } };
    expect([earned({ firstOrder: true }), earned({ firstOrder: true }, buyer)]).toEqual([10, 0]);
  });
  it("birthday: on the day and around it", () => {
    const of = bonus({ gives: TEN, birthdayDays: 1 });
    expect([0, 1, 2, null].map((daysToBirthday) => seen({ daysToBirthday })(of))).toEqual([10, 10, 0, 0]);
  });
  it("streak: so many weeks in a row", () => {
    const of = bonus({ gives: TEN, streak: { count: 2, per: "week" } });
    expect([0, 1].map((weeks) => seen({ streaks: new Map([[of.id, weeks]]) })(of))).toEqual([0, 10]);
  });
  it("referral: who brings somebody and who is brought, with a first order that is large enough", () => {
    const terms = { referrerPoints: 20, friendPoints: 10, minimum: 1000, perYear: 2 };
    const judged = { shared: null, thankedThisYear: 0 };
    expect(judgeReferral(terms, { ...judged, paid: 1000 })).toEqual({ kind: "thanks", friend: 10, referrer: 20 });
    expect(judgeReferral(terms, { ...judged, paid: 999 })).toMatchObject({ kind: "refused" });
  });
});

const anyBonus = fc
  .record({
    gives: fc.oneof(
      fc.record({ kind: fc.constant("multiply" as const), percent: fc.integer({ min: 101, max: 500 }) }),
      fc.record({
        kind: fc.constant("per_piece" as const),
        points: fc.integer({ min: 1, max: 20 }),
        every: fc.integer({ min: 1, max: 4 }),
        carries: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("points" as const), points: fc.integer({ min: 1, max: 50 }) }),
    ),
    goods: fc.constantFrom<BonusTermsView["goods"]>({ categoryIds: [], productIds: [] }, { categoryIds: [COFFEE], productIds: [] }),
    minimum: fc.option(fc.integer({ min: 1, max: 3000 })),
    minimumPieces: fc.option(fc.integer({ min: 1, max: 6 })),
    stops: fc.boolean(),
  })
  .map(bonus);
const anyLine = fc.record({
  category: fc.constantFrom(COFFEE, CAKES),
  each: fc.integer({ min: 0, max: 1500 }),
  odd: fc.integer({ min: 0, max: 7 }),
  ordered: fc.integer({ min: 1, max: 6 }),
});

describe("[LOY-6] any split of returns ends equal", () => {
  it("every step keeps at most what the one before kept, whatever the order of the units; nothing left keeps nothing", () => {
    fc.assert(
      fc.property(
        fc.array(anyBonus, { maxLength: 4 }),
        fc.array(anyLine, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        (bonuses, given, choose) => {
          const lines = given.map(({ category, each, odd, ordered }, n) => ({
            id: `line ${n}`,
            category,
            ordered,
            amount: each * ordered + odd,
          }));
          const paid = lines.reduce((sum, { amount }) => sum + amount, 0);
          const sold = earnedBy(rule(...bonuses), {
            ...SALE,
            paid: { amount: paid, currency: "EUR" },
            lines: lines.map(({ id, category, ordered, amount }) => ({ id, categoryIds: [category], pieces: ordered, amount })),
          });
          const still = new Map(lines.map(({ id, ordered }) => [id, ordered]));
          const left = (): StillTheirs => {
            const rest = lines.map((line) => lineLeft({ ...line, unit: "piece", still: still.get(line.id) ?? 0 }));
            return { paid: rest.reduce((sum, { amount }) => sum + amount, 0), goods: { numerator: 1, denominator: 1 }, lines: rest };
          };
          let kept = pointsKept(sold.because, left());
          expect(kept).toBe(sold.points);
          for (const n of choose) {
            const open = lines.filter(({ id }) => (still.get(id) ?? 0) > 0);
            const line = open[n % open.length];
            if (!line) break;
            still.set(line.id, (still.get(line.id) ?? 0) - 1);
            const next = pointsKept(sold.because, left());
            expect(next).toBeLessThanOrEqual(kept);
            kept = next;
          }
          expect([kept, pointsKept(sold.because, NOTHING_LEFT)]).toEqual([0, 0]);
        },
      ),
    );
  });
});
