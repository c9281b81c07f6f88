import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { actAt, cashTicket, PARIS, SigningRegister, testKey } from "../../../../test/signing-register.ts";
import { randomFrom } from "../../../../../scripts/random.ts";
import { proofRun, recordProof } from "../../../../../scripts/record-proof.ts";
import {
  appendArchive,
  appendDuplicate,
  appendEvent,
  appendTicket,
  changeKey,
  closeDay,
  closeMonth,
  closeShift,
  closeYear,
  foldBook,
  hashOf,
  canonical,
  isManifestSigned,
  JET,
  openKeys,
  payloadOf,
  uploadManifest,
  verifyEntries,
  type Appended,
  type ClosingDocument,
  type FiscalEntry,
  type PublicKey,
  type RegisterBook,
  type Signer,
} from "./index.ts";

const MORNING = new Date("2026-03-02T08:15:00Z");
const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const closingsOf = (entries: readonly FiscalEntry[]): string[] =>
  entries.filter(({ chain }) => chain === "G").map(({ type, body }) => `${type} ${(body.document as ClosingDocument).key}`);

/** A closing that must be possible. */
const must =
  (close: typeof closeDay, at: Date) =>
  async (book: RegisterBook, signer: Signer): Promise<Appended> => {
    const closed = await close(book, actAt(at), signer);
    if (!closed.ok) throw new Error(`${closed.error.period} ${closed.error.key} is not over`);
    return closed.value;
  };

/** A day with a bit of everything, which every test may take as it is. */
async function aDay(): Promise<SigningRegister> {
  const register = await SigningRegister.open(MORNING);
  await register.sell(later(MORNING, 1), cashTicket(1200));
  await register.sell(later(MORNING, 2), cashTicket(650));
  await register.sell(later(MORNING, 3), cashTicket(-650));
  await register.write((book, signer) =>
    appendDuplicate(book, { chain: "T", seq: 1, type: "sale", reason: "lost" }, actAt(later(MORNING, 4)), signer),
  );
  await register.write((book, signer) =>
    appendEvent(book, { code: JET.nonItemAmount, message: "cash moved", detail: { amount: -2500 } }, actAt(later(MORNING, 5)), signer),
  );
  await register.write((book, signer) => closeShift(book, { id: "shift 1", detail: { counted: 1200 } }, actAt(later(MORNING, 6)), signer));
  await register.write(must(closeDay, later(MORNING, 7)));
  await register.sell(later(MORNING, 24 * 60), cashTicket(300));
  return register;
}

describe("the signed string of every kind of entry", () => {
  type Golden = { readonly publicKey: PublicKey; readonly entries: readonly FiscalEntry[] };
  const golden = JSON.parse(readFileSync(new URL("golden/entries-1.json", import.meta.url), "utf8")) as Golden; // made once by this module, and never again

  it.each(golden.entries.map((entry) => [`${entry.chain} ${entry.type}`, entry] as const))(
    "[FIS-1] of %s stays what it was",
    async (_, entry) => {
      expect(payloadOf(entry)).toBe(entry.payload);
      expect(await hashOf(canonical(entry.body))).toBe(entry.bodyHash);
    },
  );

  it("[FIS-1] are signed by the key of their register, in their order", async () => {
    const [first] = golden.entries;
    const keys = [{ keyId: first?.keyId ?? "", publicKey: golden.publicKey, fromJournalSeq: 1, lost: false }];
    const verified = await verifyEntries(golden.entries, keys);
    expect(verified.findings).toEqual([]);
    expect(new Set(golden.entries.map(({ chain }) => chain)).size).toBe(9);
  });

  it("[FIS-1] have their fields in the published order, amounts in minor units, and 0:0 for no VAT", async () => {
    const register = await SigningRegister.open(MORNING);
    const [first] = await register.sell(MORNING, cashTicket(1200));
    const [bill] = await register.sell(MORNING, { ...cashTicket(500), kind: "bill" });
    expect(first?.payload).toBe("2000:1200,1200,2026-03-02T09:15:00+01:00,PAR1,1,sale,Y,");
    expect(bill?.payload).toBe("0:0,500,2026-03-02T09:15:00+01:00,PAR1,1,bill,Y,");
    const [second] = await register.sell(MORNING, cashTicket(-1200));
    expect(second?.payload).toBe(`2000:-1200,-1200,2026-03-02T09:15:00+01:00,PAR1,2,return,N,${first?.sig}`);
  });
});

describe("totals", () => {
  it("[FIS-2] of random sales and returns are their fold, net and absolute, for a shift, a day, a month, a year and for ever", async () => {
    const { isProof, size, seed } = proofRun("fiscal", { part: 600, short: 20_000, full: 100_000 });
    const random = randomFrom(seed);
    const register = await SigningRegister.open(MORNING);
    let [net, absolute, at] = [0, 0, MORNING];
    for (let n = 0; n < size; n++) {
      at = later(at, Math.floor(random() * ((300 * 24 * 60 * 2) / size)));
      const total = Math.floor(random() * 20_000) - 5000;
      [net, absolute] = [net + total, absolute + Math.abs(total)];
      await register.sell(at, cashTicket(total));
    }
    await register.write(must(closeYear, new Date("2026-12-31T20:00:00Z")));
    const totals = (period: string) =>
      register.entries
        .filter(({ type }) => type === period)
        .map(({ body }) => (body.document as ClosingDocument).totals) // of a closing
        .reduce((sum, each) => ({ net: sum.net + each.net, absolute: sum.absolute + each.absolute, count: sum.count + each.count }), {
          net: 0,
          absolute: 0,
          count: 0,
        });
    const all = { net, absolute, count: size };
    expect([register.book.perpetual, totals("day"), totals("month"), totals("year")]).toMatchObject([all, all, all, all]);
    expect(foldBook(register.entries)).toEqual(register.book);
    expect((await verifyEntries(register.entries, register.keys)).findings).toEqual([]);
    if (isProof)
      await recordProof("fiscal", seed, [`${size} random sales and returns: totals of days, months, year and for ever are their fold`]);
  }, 600_000);

  it("[FIS-3] are not moved by training, by payments, invoices or bills", async () => {
    const register = await SigningRegister.open(MORNING);
    for (const kind of ["payment", "invoice", "bill"] as const) await register.sell(MORNING, { ...cashTicket(1000), kind });
    const [trained] = await register.sell(MORNING, { ...cashTicket(1000), trainedBy: "manager" });
    expect(trained).toMatchObject({
      chain: "X",
      seq: 1,
      body: { trainedBy: "manager", perpetual: null, document: { number: "PAR1-X000001" } },
    });
    expect(register.book.perpetual).toMatchObject({ count: 0, net: 0, absolute: 0 });
    const school = await SigningRegister.open(MORNING, { ...PARIS, training: true });
    await school.sell(MORNING, cashTicket(1000));
    await school.write((book, signer) => closeShift(book, { id: "s", detail: {} }, actAt(MORNING), signer));
    expect(new Set(school.entries.map(({ chain }) => chain))).toEqual(new Set(["X"]));
    expect((await verifyEntries([...register.entries], register.keys)).findings).toEqual([]);
    expect((await verifyEntries(school.entries, school.keys)).findings).toEqual([]);
  });
});

describe("closings", () => {
  it("[FIS-4] of a day take no later sale: it belongs to the day after", async () => {
    const register = await SigningRegister.open(MORNING);
    await register.sell(MORNING, cashTicket(100));
    await register.write(must(closeDay, later(MORNING, 1)));
    const [late] = await register.sell(later(MORNING, 2), cashTicket(200));
    expect(late).toMatchObject({ businessDate: "2026-03-03", ts: "2026-03-02T09:17:00+01:00" });
    const again = await closeDay(register.book, actAt(later(MORNING, 3)), register.key.signer);
    expect(again).toEqual({ ok: false, error: { code: "fiscal.period_not_over", period: "day", key: "2026-03-03" } });
  });

  it("[FIS-4] of days that are over come before the next act, also without a sale, and those of months and years with them", async () => {
    const register = await SigningRegister.open(new Date("2025-12-30T10:00:00Z"));
    await register.sell(new Date("2025-12-30T10:01:00Z"), cashTicket(100));
    const entries = await register.sell(new Date("2026-01-02T10:00:00Z"), cashTicket(200));
    expect(closingsOf(entries)).toEqual(["day 2025-12-30", "day 2025-12-31", "month 2025-12", "year 2025", "day 2026-01-01"]);
    expect(register.book.perpetual).toMatchObject({ net: 300 });
    expect(register.book.year.totals).toMatchObject({ net: 0 });
  });

  it("[FIS-4] of a month run its days first, and of a year its month; neither before its last day", async () => {
    const register = await SigningRegister.open(new Date("2026-12-30T10:00:00Z"));
    const early = await closeMonth(register.book, actAt(new Date("2026-12-30T18:00:00Z")), register.key.signer);
    expect(early).toMatchObject({ ok: false, error: { period: "month", key: "2026-12" } });
    const entries = await register.write(must(closeYear, new Date("2026-12-31T18:00:00Z")));
    expect(closingsOf(entries)).toEqual(["day 2026-12-30", "day 2026-12-31", "month 2026-12", "year 2026"]);
  });

  it.each([
    ["Europe/Paris", "2026-10-24T23:30:00Z", ["2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]],
    ["America/New_York", "2026-11-01T04:30:00Z", ["2026-11-01T00:30:00-04:00", "2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"]],
    [
      "Australia/Lord_Howe",
      "2026-04-04T13:40:00Z",
      ["2026-04-05T00:40:00+11:00", "2026-04-05T01:40:00+11:00", "2026-04-05T02:10:00+10:30"],
    ],
  ])(
    "[FIS-5] in the night of the clock change in %s two hours have one name and two offsets, and one day",
    async (timeZone, start, stamps) => {
      const at = new Date(start);
      const register = await SigningRegister.open(at, { ...PARIS, timeZone });
      const entries = [at, later(at, 60), later(at, 120)].map((each) => () => register.sell(each, cashTicket(100)));
      const written: FiscalEntry[] = [];
      for (const sell of entries) written.push(...(await sell()));
      expect(written.map(({ ts }) => ts)).toEqual(stamps);
      expect(new Set(written.map(({ businessDate }) => businessDate)).size).toBe(1);
      expect((await verifyEntries(register.entries, register.keys)).findings).toEqual([]);
    },
  );

  it("[FIS-5] a clock that goes back one hour over midnight opens no closed day again", async () => {
    const register = await SigningRegister.open(new Date("2026-05-05T22:10:00Z"));
    await register.sell(new Date("2026-05-05T22:20:00Z"), cashTicket(100));
    const [back] = await register.sell(new Date("2026-05-05T21:20:00Z"), cashTicket(100));
    expect(back).toMatchObject({ businessDate: "2026-05-06", ts: "2026-05-05T23:20:00+02:00" });
    expect((await verifyEntries(register.entries, register.keys)).findings).toEqual([]);
  });

  it.each(["Pacific/Auckland", "Europe/Berlin", "America/Los_Angeles"])("[FIS-5] the year ends at midnight in %s", async (timeZone) => {
    const at = {
      "Pacific/Auckland": "2026-12-31T10:59:59Z",
      "Europe/Berlin": "2026-12-31T22:59:59Z",
      "America/Los_Angeles": "2027-01-01T07:59:59Z",
    };
    const last = new Date(at[timeZone as keyof typeof at]); // one of the three
    const register = await SigningRegister.open(last, { ...PARIS, timeZone });
    const [old] = await register.sell(last, cashTicket(100));
    const entries = await register.sell(later(last, 1), cashTicket(100));
    expect(old).toMatchObject({ businessDate: "2026-12-31" });
    expect(closingsOf(entries)).toEqual(["day 2026-12-31", "month 2026-12", "year 2026"]);
    expect(entries.at(-1)).toMatchObject({ businessDate: "2027-01-01" });
  });
});

describe("keys", () => {
  it("[FIS-6] change: the old one signs the change, the new one what follows", async () => {
    const register = await aDay();
    const next = await testKey();
    const key = { keyId: next.signer.keyId, publicKey: next.publicKey, lost: false };
    await register.write((book, signer) => changeKey(book, key, actAt(later(MORNING, 1500)), signer));
    register.keys.push({ keyId: key.keyId, publicKey: key.publicKey, fromJournalSeq: register.entries.length + 1, lost: false });
    register.key = next;
    await register.sell(later(MORNING, 1501), cashTicket(100));
    expect((await verifyEntries(register.entries, register.keys)).findings).toEqual([]);
  });

  it("[FIS-6] that are lost are replaced: the journal goes on under the new one, and verification says where", async () => {
    const register = await aDay();
    const next = await testKey();
    const key = { keyId: next.signer.keyId, publicKey: next.publicKey, lost: true };
    register.keys.push({ ...key, fromJournalSeq: register.entries.length + 1 });
    register.key = next;
    await register.write((book, signer) => changeKey(book, key, actAt(later(MORNING, 1500)), signer));
    await register.sell(later(MORNING, 1501), cashTicket(100));
    const { findings } = await verifyEntries(register.entries, register.keys);
    expect(findings.map(({ code, journalSeq }) => [code, journalSeq])).toEqual([["continued", register.entries.length - 1]]);
  });
});

describe("uploads", () => {
  it("[FIS-7] say how many entries were sent up to which, under the register's key", async () => {
    const register = await aDay();
    const manifest = await uploadManifest(register.entries, register.key.signer);
    const key = (await openKeys(register.keys)).get(register.key.signer.keyId)?.key;
    if (!manifest || !key) throw new Error("a register has a key and entries");
    expect(manifest).toMatchObject({ fromSeq: 1, toSeq: register.entries.length, count: register.entries.length });
    expect(await isManifestSigned(manifest, key)).toBe(true);
    expect(await isManifestSigned({ ...manifest, count: 1 }, key)).toBe(false);
  });
});

describe("versions, archives and copies", () => {
  it("[FIS-8] a new version says so before it writes anything else; archives and copies have chains of their own", async () => {
    const register = await aDay();
    const at = later(MORNING, 1500);
    const [version, sale] = await register.write((book, signer) => appendTicket(book, cashTicket(100), actAt(at, "0.7.0"), signer));
    expect([version?.payload, sale?.type]).toEqual([expect.stringContaining(",250,version 0.7.0,"), "sale"]);
    const document = { archiveId: "a", from: "2026-01-01", to: "2026-03-03", totals: register.book.perpetual, fileHash: "0".repeat(64) };
    const [archive] = await register.write((book, signer) => appendArchive(book, document, actAt(at, "0.7.0"), signer));
    expect(archive?.payload).toMatch(/^2000:1600,1600,[^,]+,PAR1,Archive,Y,$/);
    const again = { chain: "T", seq: 1, type: "sale", reason: "asked" } as const;
    const [copy] = await register.write((book, signer) => appendDuplicate(book, again, actAt(at, "0.7.0"), signer));
    expect(copy?.body.document).toMatchObject({ copy: 2, of: { number: "PAR1-000001" } });
    expect((await verifyEntries(register.entries, register.keys)).findings).toEqual([]);
  });
});
