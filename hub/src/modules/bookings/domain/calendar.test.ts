import ical from "node-ical";
import fc from "fast-check";
import { expect, it } from "vitest";
import { writeCalendar, type CalendarEntry } from "./calendar.ts";

const entry: CalendarEntry = {
  id: "0198",
  sequence: 2,
  isCanceled: false,
  startsAt: new Date("2026-03-02T09:15:00Z"),
  endsAt: new Date("2026-03-02T09:45:00Z"),
  changedAt: new Date("2026-03-01T09:45:00Z"),
  summary: "Dégustation; cafés, thés",
  description: "two\nlines \\ and more",
  location: "Lyon Bellecour, 14 rue des Tisserands, 69002 Lyon",
};
const read = (text: string) => Object.values(ical.sync.parseICS(text)).flatMap((part) => (part?.type === "VEVENT" ? [part] : []));

it("[BKG-9] a calendar says to others' programs what it says to us", () => {
  const [found] = read(writeCalendar("Léa", [entry]));
  expect(found).toMatchObject({ uid: "0198@weft", sequence: 2, status: "CONFIRMED", summary: entry.summary, location: entry.location });
  expect([found?.start.toISOString(), found?.end?.toISOString()]).toEqual([entry.startsAt.toISOString(), entry.endsAt.toISOString()]);
  expect(found?.description).toBe(entry.description);
  expect(read(writeCalendar("Léa", [{ ...entry, isCanceled: true }]))[0]?.status).toBe("CANCELLED");
});

it("[BKG-9] no line is longer than 75 octets, no letter is cut, and every word comes back", () => {
  const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }).map((text) => `x${text.replaceAll(/\p{C}/gu, "")}x`);
  fc.assert(
    fc.property(words, (summary) => {
      const text = writeCalendar("x", [{ ...entry, summary }]);
      const lines = text.split("\r\n");
      expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
      expect(read(text)[0]?.summary).toBe(summary);
    }),
    { numRuns: 40 },
  );
});
