import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { actAt, cashTicket, SigningRegister, testKey } from "../../../../test/signing-register.ts";
import {
  canonical,
  checkNext,
  closeDay,
  foldBook,
  hashOf,
  openKeys,
  payloadOf,
  signedBytes,
  verifyEntries,
  type EntryType,
  type FiscalEntry,
  type Finding,
  type PublicKey,
} from "./index.ts";

/** A journal with every kind of entry, which is never written again. */
const golden = JSON.parse(readFileSync(new URL("golden/entries-1.json", import.meta.url), "utf8")) as {
  readonly publicKey: PublicKey;
  readonly entries: readonly FiscalEntry[];
}; // made once by this module

/** A kind of entry that is added does not compile until it is here, and fails until there is a golden vector of it. */
const EVERY_TYPE: Readonly<Record<EntryType, true>> = {
  sale: true,
  collection: true,
  return: true,
  exchange: true,
  empties: true,
  payment: true,
  invoice: true,
  bill: true,
  event: true,
  duplicate: true,
  archive: true,
  shift: true,
  day: true,
  month: true,
  year: true,
};

const at = (minutes: number): Date => new Date(Date.parse("2026-03-02T08:15:00Z") + minutes * 60_000);

let register: SigningRegister;
beforeAll(async () => {
  register = await SigningRegister.open(at(0));
  for (let n = 1; n <= 4; n++) await register.sell(at(n), cashTicket(n % 3 === 0 ? -100 * n : 100 * n));
  await register.write(async (book, signer) => {
    const closed = await closeDay(book, actAt(at(10)), signer);
    if (!closed.ok) throw new Error("the day is over");
    return closed.value;
  });
  await register.sell(at(11), cashTicket(100));
});

const verify = async (entries: readonly FiscalEntry[]): Promise<readonly Finding[]> =>
  (await verifyEntries(entries, register.keys)).findings;
const named = async (entries: readonly FiscalEntry[]): Promise<number[]> => [
  ...new Set((await verify(entries)).map(({ journalSeq }) => journalSeq)),
];

/** The entries with one of them changed. */
const withChange = (index: number, change: (entry: FiscalEntry) => FiscalEntry): FiscalEntry[] =>
  register.entries.map((entry, at) => (at === index ? change(structuredClone(entry)) : entry));

/** Every place inside of a value, as a path. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]));
}

function edited(entry: FiscalEntry, path: readonly (string | number)[]): FiscalEntry {
  const changed: unknown = structuredClone(entry);
  let inner = changed as Record<string, unknown>; // a plain object, walked by its own paths
  for (const key of path.slice(0, -1)) inner = inner[key] as Record<string, unknown>; // as above
  const last = String(path.at(-1));
  const before = inner[last];
  inner[last] = typeof before === "number" ? before + 1 : typeof before === "boolean" ? !before : `${String(before)}x`;
  return changed as FiscalEntry; // the same shape, one value aside
}

describe("verification", () => {
  it("[FIS-9] of a journal that nobody touched finds nothing", async () => {
    expect(await verify(register.entries)).toEqual([]);
  });

  it("[FIS-9] names the entry of every single field that is changed, in its head or anywhere in its document, of every kind of entry", async () => {
    const { publicKey, entries } = golden;
    const keys = [{ keyId: entries[0]?.keyId ?? "", publicKey, fromJournalSeq: 1, lost: false }];
    const open = openKeys(keys);
    const missed: string[] = [];
    for (const [index, entry] of entries.entries())
      for (const path of pathsOf(entry)) {
        const changed = edited(entry, path);
        // Held against the book that the entries before it leave; the first one of all against the next, as it says what the register is.
        const before = foldBook(entries.slice(0, index));
        const { findings } = before
          ? { findings: await checkNext(before, changed, await open) }
          : await verifyEntries([changed, ...entries.slice(1, 2)], keys);
        if (findings.length === 0) missed.push(`${entry.chain}${entry.seq} ${path.join(".")}`);
      }
    expect(missed).toEqual([]);
    expect(Object.keys(EVERY_TYPE).filter((type) => !entries.some((entry) => entry.type === type))).toEqual([]);
  }, 60_000);

  it("[FIS-9] names what follows every entry that is taken out", async () => {
    for (const [index, entry] of register.entries.slice(0, -1).entries()) {
      const found = await named(register.entries.filter((_, place) => place !== index));
      if (index > 0) expect(found).toContain(entry.journalSeq + 1);
      else expect(found.length).toBeGreaterThan(0);
    }
  });

  it("[FIS-9] names both of two entries that change places", async () => {
    for (let index = 1; index < register.entries.length - 1; index++) {
      const swapped = [...register.entries];
      const [a, b] = [swapped[index], swapped[index + 1]];
      if (!a || !b) throw new Error("both are there");
      [swapped[index], swapped[index + 1]] = [b, a];
      expect(await named(swapped)).toEqual(expect.arrayContaining([a.journalSeq, b.journalSeq]));
    }
  });

  it("[FIS-9] names a ticket that is put in later, also one that its own key signed", async () => {
    const forger = await SigningRegister.open(at(0), undefined, undefined, register.key);
    await forger.sell(at(1), cashTicket(9900));
    const [, forged] = forger.entries;
    if (!forged) throw new Error("it was written");
    const [before, after] = [register.entries.slice(0, 3), register.entries.slice(3)];
    expect(await named([...before, forged, ...after])).toContain(forged.journalSeq);
  });

  it("[FIS-10] fails where somebody without the key changed an amount and made every hash and link anew", async () => {
    const stranger = await testKey();
    let [prevSig, journalPrevSig] = ["", ""];
    const rewritten: FiscalEntry[] = [];
    for (const entry of register.entries) {
      const changed = entry.seq === 2 && entry.chain === "T" ? edited(entry, ["body", "document", "total"]) : entry;
      const linked = { ...changed, journalPrevSig, prevSig: entry.chain === "T" && entry.seq > 2 ? prevSig : entry.prevSig };
      const whole = { ...linked, payload: payloadOf(linked), bodyHash: await hashOf(canonical(linked.body)) };
      const isTouched = canonical(whole) !== canonical(entry);
      const sig = isTouched ? Buffer.from(await stranger.signer.sign(signedBytes(whole))).toString("base64url") : entry.sig;
      rewritten.push({ ...whole, sig });
      if (entry.chain === "T") prevSig = sig;
      journalPrevSig = sig;
    }
    const found = await verify(rewritten);
    expect(found.filter(({ code }) => code === "#SIGNATURE").length).toBe(rewritten.length - 2);
  });

  it("[FIS-9] goes on after an entry that cannot even be read", async () => {
    const broken = withChange(2, (entry) => ({ ...entry, body: { document: null } as unknown as FiscalEntry["body"] })); // what no register writes
    expect(await named(broken)).toContain(3);
    expect((await verifyEntries(broken, register.keys)).entries).toBe(register.entries.length);
  });

  it("[FIS-9] of entries under a key that nobody enrolled fails for each of them", async () => {
    const { findings } = await verifyEntries(register.entries, []);
    expect(new Set(findings.map(({ code, journalSeq }) => `${code} ${journalSeq}`))).toEqual(
      new Set(register.entries.map(({ journalSeq }) => `#SIGNATURE ${journalSeq}`)),
    );
  });
});
