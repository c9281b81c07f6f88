import { addDays, asId, newId, wallClock, type StaffId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWindows } from "../../places/domain/index.ts";
import { openingsOn, readExceptions, type Adviser, type TakenTime } from "./openings.ts";
import type { ServiceId, ServiceRule } from "./service.ts";

const PARIS = "Europe/Paris";
const MONDAY = "2026-03-02";
const SUNDAY_OF_CHANGE = "2026-03-29";
const AT = new Date("2026-02-27T08:00:00Z");
const day = [{ from: 0, until: 24 * 60 }];
const open = (from: number, until: number) => ({
  weekly: Array.from({ length: 7 }, () => [{ from: from * 60, until: until * 60 }]),
  exceptions: [],
});
const place = { hours: open(8, 20), timeZone: PARIS };
const advice: ServiceRule = {
  id: newId<ServiceId>(),
  minutes: 30,
  seats: 1,
  minutesBefore: 0,
  minutesAfter: 15,
  everyMinutes: 30,
  leadMinutes: 60,
  daysAhead: 60,
  skill: "brewing",
};
const someone = (over: Partial<Adviser> = {}): Adviser => ({
  staffId: newId<StaffId>(),
  skills: ["brewing"],
  hours: readWindows("Mo-Fr 09:00-11:00") ?? [],
  exceptions: new Map(),
  ...over,
});
const ask = (
  advisers: readonly Adviser[],
  over: { taken?: TakenTime[]; date?: string; at?: Date; service?: ServiceRule; hours?: typeof place.hours } = {},
) => {
  const { taken = [], date = MONDAY, at = AT, service = advice, hours = place.hours } = over;
  return openingsOn({ hours, timeZone: PARIS }, service, { advisers, taken, date, at });
};
const clocks = (openings: readonly { startsAt: Date }[]) => openings.map(({ startsAt }) => wallClock(startsAt, PARIS).minutes / 60);

describe("when a service can be booked", () => {
  it("[BKG-1] with who knows it, in their hours, with what is cleared away, while the store is open", () => {
    expect(clocks(ask([someone()]))).toEqual([9, 9.5, 10]);
    expect(ask([someone({ skills: ["tasting"] })])).toEqual([]);
    expect(clocks(ask([someone()], { hours: open(9.5, 10) }))).toEqual([9.5]);
    expect(ask([someone()], { date: addDays(MONDAY, -1) })).toEqual([]);
  });

  it("[BKG-1] an exception replaces the day of an adviser, also by none", () => {
    const exceptions = readExceptions([
      { date: MONDAY, times: "" },
      { date: addDays(MONDAY, 1), times: "15:00-16:00" },
    ]);
    expect(exceptions).toBeDefined();
    const anna = someone({ exceptions: exceptions ?? new Map() });
    expect(ask([anna])).toEqual([]);
    expect(clocks(ask([anna], { date: addDays(MONDAY, 1) }))).toEqual([15]);
    expect(readExceptions([{ date: MONDAY, times: "noon" }])).toBeUndefined();
    expect(
      readExceptions([
        { date: MONDAY, times: "" },
        { date: MONDAY, times: "09:00-10:00" },
      ]),
    ).toBeUndefined();
  });

  it("[BKG-1] not before its time of notice, and not further ahead than it says", () => {
    expect(clocks(ask([someone()], { at: new Date("2026-03-02T08:10:00Z") }))).toEqual([]);
    expect(clocks(ask([someone()], { at: new Date("2026-03-02T07:31:00Z") }))).toEqual([10]);
    expect(ask([someone()], { service: { ...advice, daysAhead: 2 } })).toEqual([]);
  });

  it("[BKG-1] time that is taken is taken, by whatever service; a session that is shared has the seats that are left", () => {
    const anna = someone();
    const [first] = ask([anna]);
    if (!first) throw new Error("there is one");
    const taken = (over: Partial<TakenTime>): TakenTime => ({
      staffId: anna.staffId,
      serviceId: advice.id,
      isHere: true,
      startsAt: first.startsAt,
      busyFrom: first.startsAt,
      busyUntil: new Date(first.endsAt.getTime() + 15 * 60_000),
      seatsLeft: 0,
      ...over,
    });
    expect(clocks(ask([anna], { taken: [taken({})] }))).toEqual([10]);
    expect(clocks(ask([anna], { taken: [taken({ serviceId: "another", isHere: false })] }))).toEqual([10]);
    expect(clocks(ask([anna, someone()], { taken: [taken({})] }))).toEqual([9, 9.5, 10]);
    const shared = ask([anna], { taken: [taken({ seatsLeft: 2 })], service: { ...advice, seats: 6 } });
    expect(shared.map(({ advisers }) => advisers[0]?.left)).toEqual([2, 6]);
  });

  it("[BKG-1] a time that the clock change skips is none, one that exists twice is once", () => {
    const night = someone({ hours: readWindows("Sa-Su 00:00-05:00") ?? [] });
    const allDay = { weekly: Array.from({ length: 7 }, () => day), exceptions: [] };
    const service = { ...advice, minutesAfter: 0, daysAhead: 300 };
    const spring = ask([night], { date: SUNDAY_OF_CHANGE, hours: allDay, service });
    expect(clocks(spring)).toEqual([0, 0.5, 1, 1.5, 3, 3.5, 4, 4.5]);
    const autumn = ask([night], { date: "2026-10-25", hours: allDay, service });
    expect(clocks(autumn)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5]);
  });

  it("[BKG-1] whatever is booked of what is offered, nobody is in two places", () => {
    const arbitraryService = fc.record({
      minutes: fc.integer({ min: 5, max: 90 }),
      minutesBefore: fc.integer({ min: 0, max: 30 }),
      minutesAfter: fc.integer({ min: 0, max: 30 }),
      everyMinutes: fc.integer({ min: 5, max: 60 }),
      seats: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(arbitraryService, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(), { maxLength: 30 }), (shapes, picks) => {
        const services = shapes.map((shape): ServiceRule => ({ ...advice, ...shape, id: newId<ServiceId>() }));
        const anna = someone({ staffId: asId<StaffId>("00000000-0000-7000-8000-000000000001") });
        const taken: TakenTime[] = [];
        for (const pick of picks) {
          const service = services[pick % services.length];
          const openings = service ? ask([anna], { taken, service }) : [];
          const opening = openings[pick % Math.max(1, openings.length)];
          if (!service || !opening) continue;
          const at = opening.startsAt.getTime();
          const known = taken.findIndex((one) => one.serviceId === service.id && one.startsAt.getTime() === at);
          const session: TakenTime = {
            staffId: anna.staffId,
            serviceId: service.id,
            isHere: true,
            startsAt: opening.startsAt,
            busyFrom: new Date(at - service.minutesBefore * 60_000),
            busyUntil: new Date(at + (service.minutes + service.minutesAfter) * 60_000),
            seatsLeft: (opening.advisers[0]?.left ?? 0) - 1,
          };
          taken.splice(known < 0 ? taken.length : known, known < 0 ? 0 : 1, session);
        }
        const sorted = taken.toSorted((a, b) => a.busyFrom.getTime() - b.busyFrom.getTime());
        return (
          taken.every(({ seatsLeft }) => seatsLeft >= 0) &&
          sorted.every((one, n) => n === 0 || (sorted[n - 1]?.busyUntil ?? 0) <= one.busyFrom)
        );
      }),
      { numRuns: 40 },
    );
  });
});
