import { asId, type RecordId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allCells, standingOf, withdrawalsOf, type Cell, type ConsentEventId, type Decision, type RecordSets } from "./decisions.ts";
import { asksTwice, decideContact, NO_PREFERENCES, type ContactFacts } from "./contact.ts";
import { easterSunday, nextAllowed } from "./quiet.ts";

const A = asId<RecordId>("a");
const B = asId<RecordId>("b");
const OFFERS: Cell = { purpose: "marketing", topic: "offers", channelKind: "email" };
const together: RecordSets = { customer: new Set([A, B]), person: new Set([A, B]) };
const alone = (id: RecordId): RecordSets => ({ customer: new Set([id]), person: new Set([id]) });
/** Linked as a person, and not as a customer: one of the channels is siloed. */
const apart = (id: RecordId): RecordSets => ({ customer: new Set([id]), person: new Set([A, B]) });

let count = 0;
function said(recordId: RecordId, state: Decision["state"], given: Partial<Decision> = {}): Decision {
  count += 1;
  const id = asId<ConsentEventId>(String(count).padStart(6, "0"));
  return { ...OFFERS, id, recordId, state, at: new Date(Date.UTC(2026, 0, 1) + count * 1000), answers: [], ...given };
}
const stateOf = (decisions: readonly Decision[], records: RecordSets, cell = OFFERS) => standingOf(decisions, records, cell).state;

describe("[CNS-1] what holds", () => {
  it("nothing said is no yes; the last thing said on a record holds; a wider no covers every topic and kind", () => {
    expect(stateOf([], alone(A))).toBe("none");
    const yes = said(A, "granted");
    const everything = said(A, "withdrawn", { topic: null, channelKind: null });
    const again = said(A, "granted", { topic: "news" });
    expect(stateOf([yes], alone(A))).toBe("granted");
    expect(stateOf([yes, everything, again], alone(A))).toBe("withdrawn");
    expect(stateOf([yes, everything, again], alone(A), { ...OFFERS, topic: "news" })).toBe("granted");
    expect(stateOf([yes, everything, again], alone(A), { ...OFFERS, channelKind: "sms" })).toBe("withdrawn");
    expect(stateOf([said(A, "withdrawn")], alone(A), { purpose: "research", topic: "surveys", channelKind: "email" })).toBe("none");
  });

  it("what waits for its confirmation is no yes, and takes none away", () => {
    expect(stateOf([said(A, "pending")], alone(A))).toBe("pending");
    expect(stateOf([said(A, "withdrawn"), said(A, "pending")], alone(A))).toBe("withdrawn");
    expect(stateOf([said(A, "granted"), said(A, "pending")], alone(A))).toBe("granted");
  });
});

describe("[CNS-2] link levels", () => {
  it("a no holds on every level, a yes only where the records are linked", () => {
    const yes = said(B, "granted");
    const no = said(B, "withdrawn");
    expect(stateOf([yes], apart(A))).toBe("none");
    expect(stateOf([yes, no], apart(A))).toBe("withdrawn");
    expect(stateOf([yes], together)).toBe("granted");
  });
});

describe("[CNS-3] merging and its undoing", () => {
  it("a no and a yes are a contested no, until somebody says yes knowing of it; apart again each has its own", () => {
    const [no, yes] = [said(A, "withdrawn"), said(B, "granted")];
    expect(standingOf([no, yes], together, OFFERS)).toMatchObject({ state: "withdrawn", isContested: true, because: no });
    const knowing = said(B, "granted", { answers: withdrawalsOf([no, yes], together, OFFERS).map(({ id }) => id) });
    expect(stateOf([no, yes, knowing], together)).toBe("granted");
    expect(stateOf([no, yes, knowing], alone(A))).toBe("withdrawn");
    expect(stateOf([no, yes, knowing], alone(B))).toBe("granted");
    expect(stateOf([no, yes, knowing, said(A, "withdrawn")], together)).toBe("withdrawn");
  });

  it("holds the strictest for any history, in any order, and gives both sides back", () => {
    const decision = fc.record({
      recordId: fc.constantFrom(A, B),
      state: fc.constantFrom("granted", "withdrawn", "pending"),
      topic: fc.constantFrom("offers", "news", null),
      channelKind: fc.constantFrom("email", "sms", null),
    });
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 12 }), (given) => {
        const history = given.map(({ recordId, state, topic, channelKind }) => said(recordId, state, { topic, channelKind }));
        for (const cell of allCells()) {
          const [a, b, both] = [stateOf(history, alone(A), cell), stateOf(history, alone(B), cell), stateOf(history, together, cell)];
          const strictest = [a, b].includes("withdrawn") ? "withdrawn" : [a, b].includes("granted") ? "granted" : undefined;
          if (strictest) expect(both).toBe(strictest);
          expect(stateOf(history.toReversed(), together, cell)).toBe(both);
        }
      }),
    );
  });
});

const FACTS: ContactFacts = {
  standing: { state: "granted", because: null, isContested: false },
  suppressions: [],
  preferences: NO_PREFERENCES,
  country: "FR",
  timeZone: "Europe/Paris",
  kind: "sms",
  at: new Date("2026-03-04T11:00:00Z"),
};
const OFFER = { purpose: "marketing", topic: "offers" } as const;

describe("[CNS-4] whether a message may leave", () => {
  it.each([
    ["a yes at noon", OFFER, {}, "consent"],
    ["nothing said", OFFER, { standing: { ...FACTS.standing, state: "none" } }, "no_consent"],
    ["a no", OFFER, { standing: { ...FACTS.standing, state: "withdrawn" } }, "withdrawn"],
    ["a yes that waits", OFFER, { standing: { ...FACTS.standing, state: "pending" } }, "pending"],
    [
      "an order's own message after a no",
      { purpose: "transactional" },
      { standing: { ...FACTS.standing, state: "withdrawn" } },
      "contract",
    ],
    ["the same to a dead address", { purpose: "transactional" }, { suppressions: ["hard_bounce"] }, "hard_bounce"],
    ["a code to a dead address: its owner asks for it", { purpose: "requested" }, { suppressions: ["hard_bounce"] }, "requested"],
    ["an order's own message after a complaint", { purpose: "transactional" }, { suppressions: ["complaint"] }, "contract"],
    ["an offer after a complaint, whatever was agreed", OFFER, { suppressions: ["complaint"] }, "complaint"],
    ["a pause", OFFER, { preferences: { ...NO_PREFERENCES, pausedUntil: new Date("2026-04-01T00:00:00Z") } }, "paused"],
    ["a pause that has ended", OFFER, { preferences: { ...NO_PREFERENCES, pausedUntil: new Date("2026-03-01T00:00:00Z") } }, "consent"],
    ["an order's own message at night", { purpose: "transactional" }, { at: new Date("2026-03-04T23:30:00Z") }, "contract"],
    ["an offer at night", OFFER, { at: new Date("2026-03-04T23:30:00Z") }, "quiet_hours"],
  ] as const)("%s: %j", (_name, purpose, facts, because) => {
    const decision = decideContact(purpose, { ...FACTS, ...facts });
    expect(decision.because.kind).toBe(because);
    expect(decision.allowed).toBe(["consent", "contract", "requested"].includes(because));
  });

  it("[CNS-5] Germany and Austria ask twice, and an entity's own setting comes first", () => {
    expect([asksTwice("DE", null), asksTwice("AT", null), asksTwice("FR", null), asksTwice("DE", false), asksTwice("FR", true)]).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});

describe("[CNS-7] quiet hours", () => {
  const paris = { country: "FR", kind: "sms", timeZone: "Europe/Paris", own: null } as const;
  const night = { from: 22 * 60, until: 7 * 60, timeZone: "Europe/Paris" };
  const next = (at: string, given: Parameters<typeof nextAllowed>[1]) => nextAllowed(new Date(at), given)?.toISOString() ?? null;

  it.each([
    ["a weekday at noon", "2026-03-04T11:00:00Z", paris, "2026-03-04T11:00:00.000Z"],
    ["before eight", "2026-03-04T06:30:00Z", paris, "2026-03-04T07:00:00.000Z"],
    ["after ten at night", "2026-03-04T21:30:00Z", paris, "2026-03-05T07:00:00.000Z"],
    ["Saturday night to Monday", "2026-03-07T21:30:00Z", paris, "2026-03-09T07:00:00.000Z"],
    ["a Sunday is quiet, and so is Easter Monday", "2026-04-05T10:00:00Z", paris, "2026-04-07T06:00:00.000Z"],
    ["the night in which the clock goes forward", "2026-03-28T22:30:00Z", paris, "2026-03-30T06:00:00.000Z"],
    [
      "Germany rests from nine, not on Sundays",
      "2026-03-08T20:30:00Z",
      { ...paris, country: "DE", timeZone: "Europe/Berlin" },
      "2026-03-09T07:00:00.000Z",
    ],
    ["mail waits in its box", "2026-03-08T23:30:00Z", { ...paris, kind: "email" }, "2026-03-08T23:30:00.000Z"],
    ["own hours hold for mail", "2026-03-04T21:30:00Z", { ...paris, kind: "email", own: night }, "2026-03-05T06:00:00.000Z"],
    ["after midnight", "2026-03-05T03:00:00Z", { ...paris, kind: "email", own: night }, "2026-03-05T06:00:00.000Z"],
    [
      "on their own clock",
      "2026-03-04T14:00:00Z",
      { ...paris, kind: "email", own: { ...night, timeZone: "Asia/Tokyo" } },
      "2026-03-04T22:00:00.000Z",
    ],
    [
      "both together",
      "2026-03-04T11:00:00Z",
      { ...paris, own: { from: 600, until: 1290, timeZone: "Europe/Paris" } },
      "2026-03-04T20:30:00.000Z",
    ],
    ["hours that leave nothing", "2026-03-04T11:00:00Z", { ...paris, own: { from: 480, until: 1320, timeZone: "Europe/Paris" } }, null],
  ] as const)("%s", (_name, at, given, expected) => expect(next(at, given)).toBe(expected));

  it.each([
    [2024, "2024-03-31"],
    [2025, "2025-04-20"],
    [2026, "2026-04-05"],
    [2027, "2027-03-28"],
    [2038, "2038-04-25"],
  ])("Easter of %i is on %s", (year, date) => expect(easterSunday(year)).toBe(date));
});
