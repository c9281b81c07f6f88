import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { actAt, cashTicket, PARIS, SigningRegister } from "../../../../test/signing-register.ts";
import {
  changeFiscalYear,
  closeYear,
  foldBook,
  verifyEntries,
  type ClosingDocument,
  type EventDocument,
  type FiscalEntry,
  type RegisterKey,
} from "./index.ts";

const APRIL = "04-01";
const MID_JULY = "07-15";
const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);
const years = (entries: readonly FiscalEntry[]): string[] => closings(entries, "year");
const closings = (entries: readonly FiscalEntry[], kind: "month" | "year"): string[] =>
  entries
    .filter(({ type }) => type === kind)
    .map(({ body }) => body.document as ClosingDocument) // of a closing
    .map(({ key, from, to }) => `${key}: ${from} to ${to}`);

/** Moves the years of a register as its till does when the legal entity says so. */
const change = (register: SigningRegister, start: string, at: string) =>
  register.write((book, signer) => changeFiscalYear(book, start, actAt(new Date(at)), signer));

async function sound(register: SigningRegister): Promise<void> {
  expect((await verifyEntries(register.entries, register.keys)).findings).toEqual([]);
  expect(foldBook(register.entries)).toEqual(register.book);
}

it.each([
  ["Pacific/Auckland", "2027-03-31T10:59:59Z"],
  ["Europe/Berlin", "2027-03-31T21:59:59Z"],
  ["America/Los_Angeles", "2027-04-01T06:59:59Z"],
])("[FIS-12] a year that begins with April ends with the last second of March in %s", async (timeZone, end) => {
  const last = new Date(end);
  const register = await SigningRegister.open(new Date("2026-12-15T10:00:00Z"), { ...PARIS, timeZone, yearStart: APRIL });
  const [old] = await register.sell(last, cashTicket(100)).then((entries) => entries.slice(-1));
  expect(old).toMatchObject({ type: "sale", businessDate: "2027-03-31" });
  const entries = await register.sell(later(last, 1), cashTicket(200));
  expect(entries.map(({ type }) => type)).toEqual(["day", "month", "year", "sale"]);
  expect(years(entries)).toEqual(["2026-12-15: 2026-12-15 to 2027-03-31"]);
  expect(entries.at(-1)).toMatchObject({ businessDate: "2027-04-01" });
  // The end of the calendar year was the end of a month, and of no year.
  expect(years(register.entries)).toHaveLength(1);
  expect(register.book.year).toMatchObject({ key: "2027-04", to: "2028-03-31" });
  await sound(register);
});

it("[FIS-12] a change ends the open year where the new one begins, if that is before its end; what was closed stays", async () => {
  const register = await SigningRegister.open(new Date("2025-12-30T10:00:00Z"));
  await register.sell(new Date("2026-01-10T10:00:00Z"), cashTicket(100));
  const closed = register.entries.filter(({ type }) => type === "year");
  await change(register, APRIL, "2026-02-10T10:00:00Z");
  await register.sell(new Date("2026-05-10T10:00:00Z"), cashTicket(200));
  expect(years(register.entries)).toEqual(["2025: 2025-12-30 to 2025-12-31", "2026: 2026-01-01 to 2026-03-31"]);
  expect(register.entries.filter(({ type }) => type === "year").slice(0, 1)).toEqual(closed);
  expect(register.book.year).toMatchObject({ key: "2026-04", from: "2026-04-01", to: "2027-03-31" });
  await sound(register);
});

it("[FIS-12] a change after the new beginning lets the open year end as it was to, and a short one goes before the first whole one", async () => {
  const register = await SigningRegister.open(new Date("2026-01-02T10:00:00Z"));
  await change(register, APRIL, "2026-06-10T10:00:00Z");
  await register.sell(new Date("2027-05-10T10:00:00Z"), cashTicket(200));
  expect(years(register.entries)).toEqual(["2026: 2026-01-02 to 2026-12-31", "2027-01: 2027-01-01 to 2027-03-31"]);
  // And back again: no year is called like one that was.
  await change(register, "01-01", "2027-06-01T10:00:00Z");
  await register.sell(new Date("2028-01-02T10:00:00Z"), cashTicket(200));
  expect(years(register.entries).slice(2)).toEqual(["2027-04: 2027-04-01 to 2027-12-31"]);
  expect(register.book.year).toMatchObject({ key: "2028", from: "2028-01-01" });
  await sound(register);
});

it("[FIS-12] is written once, and not again where the years begin so already", async () => {
  const register = await SigningRegister.open(new Date("2026-01-02T10:00:00Z"));
  const [event] = (await change(register, APRIL, "2026-01-02T10:05:00Z")).slice(-1);
  expect(event).toMatchObject({ chain: "L", body: { document: { code: 270, detail: { fiscalYear: { start: APRIL } } } } });
  expect(await change(register, APRIL, "2026-01-03T10:00:00Z")).toEqual([]);
});

it("[FIS-12] closes a year from its last day on, and not before", async () => {
  const register = await SigningRegister.open(new Date("2026-05-02T10:00:00Z"), { ...PARIS, yearStart: APRIL });
  const close = (at: string) => closeYear(register.book, actAt(new Date(at)), register.key.signer);
  expect(await close("2026-12-31T20:00:00Z")).toMatchObject({ ok: false, error: { period: "year", key: "2026-05-02" } });
  const closed = await close("2027-03-31T20:00:00Z");
  if (!closed.ok) throw new Error("the year is over");
  expect(years(closed.value.entries)).toEqual(["2026-05-02: 2026-05-02 to 2027-03-31"]);
});

it("[FIS-12] verification names a year that ends with another day than the register's years do, and a day that there is not", async () => {
  const register = await SigningRegister.open(new Date("2026-05-02T10:00:00Z"), { ...PARIS, yearStart: APRIL });
  await register.sell(new Date("2027-04-02T10:00:00Z"), cashTicket(100));
  const year = register.entries.findIndex(({ type }) => type === "year");
  const forged = structuredClone(register.entries).map(
    (entry, index) =>
      index === year ? { ...entry, body: { document: { ...(entry.body.document as ClosingDocument), to: "2026-12-31" } } } : entry, // as above
  );
  const { findings } = await verifyEntries(forged, register.keys);
  expect(findings.filter(({ journalSeq }) => journalSeq === year + 1).map(({ code }) => code)).toEqual(
    expect.arrayContaining(["#CLOSING", "#VERIFY"]),
  );
  const odd = await SigningRegister.open(new Date("2026-05-02T10:00:00Z"));
  await change(odd, APRIL, "2026-05-02T11:00:00Z");
  const detail = { fiscalYear: { start: "02-29" } };
  const never = odd.entries.map(
    (entry, index) => (index === 0 ? entry : { ...entry, body: { document: { ...(entry.body.document as EventDocument), detail } } }), // it is one
  );
  const found = (await verifyEntries(never, odd.keys)).findings.map((finding) => finding.detail);
  expect(found).toContain("a year cannot begin with 02-29");
});

it("[FIS-14] a year that begins within a month closes that month in two parts, and months still add up to years", async () => {
  const register = await SigningRegister.open(new Date("2027-06-20T10:00:00Z"), { ...PARIS, yearStart: MID_JULY });
  const last = new Date("2027-07-14T21:59:59Z");
  await register.sell(new Date("2027-07-02T10:00:00Z"), cashTicket(100));
  await register.sell(last, cashTicket(300));
  const entries = await register.sell(later(last, 1), cashTicket(700));
  expect(entries.map(({ type }) => type)).toEqual(["day", "month", "year", "sale"]);
  await register.sell(new Date("2028-07-15T10:00:00Z"), cashTicket(900));
  expect(closings(register.entries, "month").slice(0, 4)).toEqual([
    "2027-06: 2027-06-20 to 2027-06-30",
    "2027-07: 2027-07-01 to 2027-07-14",
    "2027-07-15: 2027-07-15 to 2027-07-31",
    "2027-08: 2027-08-01 to 2027-08-31",
  ]);
  expect(years(register.entries)).toEqual(["2027-06-20: 2027-06-20 to 2027-07-14", "2027-07-15: 2027-07-15 to 2028-07-14"]);
  const sums = (kind: "month" | "year") =>
    register.entries.filter(({ type }) => type === kind).map(({ body }) => (body.document as ClosingDocument).totals.net); // of a closing
  expect(sums("year")).toEqual([400, 700]);
  expect(sums("month").reduce((sum, net) => sum + net, 0)).toBe(1100);
  await sound(register);
});

it("[FIS-14] no two years or months of a register are called alike, however often the day changes", async () => {
  const register = await SigningRegister.open(new Date("2027-01-02T10:00:00Z"));
  const changes = ["07-01", MID_JULY, "12-01", "01-31"];
  for (const [n, start] of changes.entries()) {
    await change(register, start, `${2027 + n}-${start}T10:00:00Z`);
    await register.sell(new Date(`${2027 + n}-12-30T10:00:00Z`), cashTicket(100 * n));
  }
  await register.sell(new Date("2031-02-01T10:00:00Z"), cashTicket(50));
  for (const kind of ["month", "year"] as const) {
    const said = closings(register.entries, kind);
    expect(new Set(said.map((one) => one.split(":")[0])).size).toBe(said.length);
  }
  await sound(register);
});

it("[FIS-14] verification names a month that was closed before its end where no year ends", async () => {
  const register = await SigningRegister.open(new Date("2027-06-20T10:00:00Z"), { ...PARIS, yearStart: MID_JULY });
  await register.sell(new Date("2027-07-20T10:00:00Z"), cashTicket(100));
  const month = register.entries.findLastIndex(({ type }) => type === "month");
  const forged = structuredClone(register.entries).map(
    (entry, index) =>
      index === month ? { ...entry, body: { document: { ...(entry.body.document as ClosingDocument), to: "2027-07-13" } } } : entry, // of a closing
  );
  const { findings } = await verifyEntries(forged, register.keys);
  expect(findings.filter(({ journalSeq }) => journalSeq === month + 1).map(({ code }) => code)).toContain("#CLOSING");
});

it("[FIS-14] a golden journal whose year changes to one that begins within a month verifies, and folds to its closings", async () => {
  const golden = JSON.parse(readFileSync(new URL("golden/fiscal-year-1.json", import.meta.url), "utf8")) as {
    readonly keys: readonly RegisterKey[];
    readonly entries: readonly FiscalEntry[];
  }; // made once by this module, and never written again
  expect((await verifyEntries(golden.entries, golden.keys)).findings).toEqual([]);
  expect([...closings(golden.entries, "month"), ...years(golden.entries)]).toEqual([
    "2027-07: 2027-07-12 to 2027-07-14",
    "2027-07-15: 2027-07-15 to 2027-07-31",
    "2027: 2027-07-12 to 2027-07-14",
  ]);
  expect(foldBook(golden.entries)).toMatchObject({ month: { key: "2027-08" }, year: { key: "2027-07-15", to: "2028-07-14" } });
});
