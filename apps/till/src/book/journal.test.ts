import type { TillCommandAnswerView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { expect, it } from "vitest";
import {
  changeKey,
  isManifestSigned,
  keyIdOf,
  makeKey,
  openBook,
  openKeys,
  publicKeyOf,
  signerOf,
  verifyEntries,
  type FiscalEntry,
  type RegisterIdentity,
  type RegisterKey,
  type UploadManifest,
} from "../../../../hub/src/modules/till/fiscal/index.ts";
import { createOutbox } from "../outbox/outbox.ts";
import { PaidBefore, type OutboxRow, type OutboxRows } from "../outbox/rows.ts";
import type { Draft } from "./act-entries.ts";
import { createJournal, type TendedJournal } from "./journal.ts";
import { BookMoved, byCommand, isSamePlace, type BookRows, type LeftToSign, type OwnJournal, type SignedCommand } from "./rows.ts";

const REGISTER: RegisterIdentity = {
  entityId: "01900000-0000-7000-8000-0000000000e1",
  placeId: "01900000-0000-7000-8000-0000000000f1",
  registerId: "01900000-0000-7000-8000-0000000000a1",
  code: "PAR1",
  timeZone: "Europe/Paris",
  dayEnd: 0,
  training: false,
};
const SHIFT = newId();
const MORNING = new Date("2026-03-02T09:00:00Z");
const TAXES = [{ rate: "1/5", net: 500, tax: 100, gross: 600 }];
const FACTS = { currency: "EUR", total: 600, taxes: TAXES, tenders: [{ kind: "cash", state: "captured", amount: 600 }] };

it("[JRN-14] a sale of this register has its number at once, and its entry is kept with its command", async () => {
  const till = await signingTill();
  const told = await till.journal.keep(draft("sale.record", FACTS));
  expect(told).toMatchObject({
    number: "PAR1-000001",
    row: { seq: 2, command: { kind: "sale.record", entries: [{ type: "sale", seq: 1 }] } },
  });
  const closed = await till.journal.keep(draft("shift.close"));
  expect(closed?.row.command["entries"]).toMatchObject([
    { type: "shift", body: { document: { totals: { count: 1, net: 600 }, key: SHIFT } } },
  ]);
  expect(await till.journal.keep(draft("sale.abandon"))).toBeUndefined();
  expect(await till.flaws()).toEqual([]);
});

it("[JRN-14] two windows that sign at once leave one journal without a branch: the place is compared again where it is written", async () => {
  const till = await signingTill();
  const other = till.window();
  const acts = Array.from({ length: 4 }, (_, n) => (n % 2 === 0 ? till.journal : other).keep(draft("cash.move")));
  await Promise.all(acts);
  expect((await till.entries()).map(({ journalSeq }) => journalSeq)).toEqual([1, 2, 3, 4, 5]);
  expect(await till.flaws()).toEqual([]);
});

it("[JRN-14] what was answered and not signed when the till was ended is signed at its next start, once, whoever tells of it", async () => {
  const till = await signingTill();
  const [sale, event] = [left("sale"), left("sale.abandon")];
  await till.rows.leave([sale]);
  const started = till.window();
  await started.recover([sale, event]);
  await till.window().recover([sale, event]);
  expect((await till.entries()).map(({ type }) => type)).toEqual(["event", "sale", "event"]);
  expect(await started.numberOf(sale.commandId)).toBe("PAR1-000001");
  expect(await till.rows.unsigned()).toEqual([]);
  expect(await till.flaws()).toEqual([]);
});

it("[JRN-14] what needed the hub is signed and sent before anybody is told that it is done, with its number", async () => {
  const till = await signingTill();
  const kinds: unknown[] = [];
  const outbox = createOutbox({
    registerId: REGISTER.registerId,
    lastSeq: 0,
    rows: till.rows,
    journal: till.journal,
    staffId: () => null,
    now: () => MORNING,
    lastAtHub: async () => null,
    alone: (work) => work(),
    wait: () => Promise.resolve(),
    send: async (commands) => {
      kinds.push(...commands.map(({ kind }) => kind));
      const answers = commands.map(({ id, kind, seq }) =>
        answerTo(String(id), Number(seq), kind === "return.take" ? [left("return", String(id), -600)] : []),
      );
      return { ok: true, status: 200, value: { answers } };
    },
  });
  const answer = await outbox.perform("return.take", { shiftId: SHIFT, returnId: newId(), orderId: newId(), lines: [] });
  expect(answer.receiptNumber).toBe("PAR1-000001");
  expect(kinds).toEqual(["journal.write", "return.take", "journal.write"]);
  expect(await till.flaws()).toEqual([]);
});

it("[JRN-10] what the hub refuses of the journal is written into it once, until it goes on under a new key", async () => {
  const till = await signingTill();
  const refused = {
    ...answerTo(newId(), 1, []),
    journal: { seq: 0, sig: "", refused: [{ journalSeq: 2, code: "#BRANCH", detail: "another" }] },
  };
  await till.journal.answered([refused]);
  await till.journal.answered([refused]);
  expect((await till.entries()).map(({ body }) => (body.document as { code?: number }).code)).toEqual([260, 90]);
  expect((await till.rows.journal())?.refusedAt).not.toBeNull();
  const own = (await till.rows.journal()) ?? unreachable();
  const next = await key();
  const appended = await changeKey(own.book ?? unreachable(), { ...next.told, lost: true }, act(), next.signer);
  await till.journal.begin(own, next.own, appended, [left("sale")]);
  expect(await till.rows.journal()).toMatchObject({ keyId: next.told.keyId, refusedAt: null });
  till.keys.push({ ...next.told, fromJournalSeq: 3, lost: true });
  expect((await till.entries()).at(-1)).toMatchObject({ type: "sale", keyId: next.told.keyId });
  expect(await till.flaws()).toEqual([]);
});

it("[JRN-11] after a closing the till says, signed, that all up to here was sent: once, and not of a journal that was refused", async () => {
  const till = await signingTill();
  const manifests = async () =>
    (await till.rows.all()).flatMap(({ command }) => (command["body"] as { manifest?: UploadManifest }).manifest ?? []);
  await till.journal.keep(draft("sale.record", FACTS));
  await till.journal.answered([]);
  expect(await manifests()).toEqual([]);
  await till.journal.keep(draft("shift.close"));
  await till.journal.answered([]);
  await till.window().answered([]);
  const [first, ...others] = await manifests();
  expect([first, others]).toMatchObject([{ fromSeq: 1, toSeq: 3, count: 3 }, []]);
  expect(await isManifestSigned(first ?? unreachable(), (await openKeys(till.keys)).get(first?.keyId ?? "")?.key ?? unreachable())).toBe(
    true,
  );
  await till.journal.keep(draft("shift.close"));
  await till.journal.answered([]);
  expect((await manifests()).at(-1)).toMatchObject({ fromSeq: 4, toSeq: 4, count: 1 });
  const branch = { journalSeq: 2, code: "#BRANCH", detail: "another" };
  await till.journal.answered([{ ...answerTo(newId(), 1, []), journal: { seq: 0, sig: "", refused: [branch] } }]);
  await till.journal.keep(draft("shift.close"));
  await till.journal.answered([]);
  expect(await manifests()).toHaveLength(2);
});

it("[FIS-8] a copy is counted and signed where it is printed, also of a ticket of another register", async () => {
  const till = await signingTill();
  await till.journal.keep(draft("sale.record", FACTS));
  const own = { register: "PAR1", chain: "T", seq: 1, kind: "sale" } as const;
  for (const ticket of [own, { ...own, register: "PAR2" }, own])
    await till.journal.keep({
      ...draft("receipt.duplicate"),
      kind: "receipt.duplicate",
      body: { orderId: newId(), copy: 9, reason: "lost", ticket },
    });
  const copies = (await till.entries()).filter(({ chain }) => chain === "C").map(({ body }) => body.document);
  expect(copies).toMatchObject([
    { copy: 1, of: { number: "PAR1-000001" } },
    { copy: 1, of: { number: "PAR2-000001" } },
    { copy: 2, of: { number: "PAR1-000001" } },
  ]);
  expect(await till.flaws()).toEqual([]);
});

it("[FIS-4] days that are over are closed by themselves, also where nothing is sold", async () => {
  const till = await signingTill();
  till.now = new Date("2026-04-01T09:00:00Z");
  await till.journal.closeEnded();
  await till.journal.closeEnded();
  const closed = (await till.entries()).filter(({ chain }) => chain === "G").map(({ type }) => type);
  expect([closed.length, closed.at(-1)]).toEqual([31, "month"]);
  expect(await till.flaws()).toEqual([]);
});

it("[FIS-13] who came and went and when the hub was away stands in the log, signed, with who it was", async () => {
  const till = await signingTill();
  await till.journal.note({ code: 80, message: "signed in", operator: STAFF });
  await till.journal.note({ code: 70, message: "hub out of reach", operator: null });
  const events = (await till.entries()).filter(({ chain }) => chain === "L").slice(-2);
  expect(events).toMatchObject([
    { operator: STAFF, body: { document: { code: 80 } } },
    { operator: null, body: { document: { code: 70 } } },
  ]);
  expect(await till.flaws()).toEqual([]);
});

it("[FIS-12] the till follows the fiscal year of its legal entity: one entry, and none where it does already", async () => {
  const till = await signingTill();
  await till.journal.followYear("04-01");
  await till.journal.followYear("04-01");
  till.now = new Date("2026-04-01T09:00:00Z");
  await till.journal.closeEnded();
  const year = (await till.entries()).find(({ type }) => type === "year");
  expect(year?.body.document).toMatchObject({ key: "2026", to: "2026-03-31" });
  expect(
    (await till.entries()).filter(({ type, body }) => type === "event" && "code" in body.document && body.document.code === 270),
  ).toHaveLength(1);
  expect(await till.flaws()).toEqual([]);
});

const STAFF = "01900000-0000-7000-8000-0000000000b1";
const act = () => ({ at: MORNING, operator: null, softwareVersion: "0.1.0" });

function unreachable(): never {
  throw new Error("a till that signs has a book");
}

async function key() {
  const pair = await makeKey();
  const publicKey = await publicKeyOf(pair.publicKey);
  const told = { keyId: await keyIdOf(publicKey), publicKey };
  return {
    told,
    own: { ...told, privateKey: pair.privateKey, currency: "EUR", told: { seq: 0, closings: 0 } },
    signer: signerOf(told.keyId, pair.privateKey),
  };
}

/** A register in memory whose journal is begun; its windows share what is kept and no lock. */
async function signingTill() {
  const rows = memoryRows();
  const { told, own, signer } = await key();
  const keys: RegisterKey[] = [{ ...told, fromJournalSeq: 1, lost: false }];
  const entries = async () => (await rows.all()).flatMap(({ command }) => (command["entries"] ?? []) as FiscalEntry[]); // written by the journal
  const till = { now: MORNING, rows, keys, window, journal: undefined as unknown as TendedJournal, entries, flaws }; // the journal follows
  function window(): TendedJournal {
    return createJournal({
      rows,
      lastSeq: 0,
      command:
        ({ at, ...command }) =>
        (seq) => ({ ...command, seq, at: at.toISOString() }),
      staffId: () => null,
      now: () => till.now,
      alone: (work) => work(),
      version: async () => "0.1.0",
      onChange: () => undefined,
    });
  }
  async function flaws() {
    const { findings } = await verifyEntries(await entries(), keys);
    return findings.filter(({ code }) => code !== "continued");
  }
  till.journal = window();
  const from = { ...own, book: null, refusedAt: null };
  await rows.keepJournal(from);
  await till.journal.begin(from, own, await openBook(REGISTER, told.publicKey, act(), signer), []);
  return till;
}

function draft(kind: "receipt.duplicate" | "sale.record" | "shift.close" | "sale.abandon" | "cash.move", facts?: Draft["facts"]): Draft {
  const body = { shiftId: SHIFT, count: { lines: [] }, direction: "in", amount: 500, reason: "change" };
  return { id: newId(), at: MORNING, staffId: null, kind, body, facts } as unknown as Draft; // what the journal reads of each
}

function left(kind: string, commandId: string = newId(), total = 600): LeftToSign {
  const [taxes, tenders] = [
    [{ rate: "1/5", net: (total * 5) / 6, tax: total / 6, gross: total }],
    [{ kind: "cash", state: total < 0 ? "refunded" : "captured", amount: total }],
  ];
  return { commandId, kind, at: MORNING.toISOString(), operatorId: null, document: { currency: "EUR", total, taxes, tenders } };
}

function answerTo(id: string, seq: number, toSign: LeftToSign[]): TillCommandAnswerView {
  return { id, seq, outcome: "done", problem: null, orderId: null, receiptNumber: null, shift: null, toSign };
}

/** What the browser's database keeps, in memory: an append is one step, as its transaction is. */
function memoryRows(): OutboxRows & BookRows {
  const kept = new Map<number, OutboxRow>();
  const signed = new Map<string, SignedCommand>();
  const unsigned = new Map<string, readonly LeftToSign[]>();
  let journal: OwnJournal | undefined;
  const note = (acts: readonly LeftToSign[]): void => {
    for (const of of byCommand(acts)) if (of[0] && !signed.has(of[0].commandId)) unsigned.set(of[0].commandId, of);
  };
  return {
    async append(after, write, sale, step) {
      if (sale) throw new PaidBefore(sale.orderId);
      if (step && !isSamePlace(journal, step.from)) throw new BookMoved();
      const seq = Math.max(after, ...kept.keys()) + 1;
      const row = { seq, ...write(seq) };
      kept.set(seq, row);
      if (!step) return row;
      journal = step.next;
      if (step.begins) [signed, unsigned].forEach((store) => store.clear());
      for (const each of step.signed) {
        signed.set(each.commandId, each);
        unsigned.delete(each.commandId);
      }
      note(step.begins ?? []);
      return row;
    },
    adopt: async () => 0,
    all: async () => [...kept.values()],
    unanswered: async () => [...kept.values()].filter(({ answer }) => !answer),
    async keepAnswers(answers) {
      for (const answer of answers) {
        const row = kept.get(answer.seq);
        if (row) kept.set(answer.seq, { ...row, answer });
      }
      note(answers.flatMap(({ toSign = [] }) => toSign));
    },
    isAnswered: async () => false,
    reopen: async () => false,
    renumber: async () => undefined,
    forget: async () => undefined,
    journal: async () => journal,
    async keepJournal(next) {
      journal = next;
    },
    unsigned: async () => [...unsigned.values()],
    leave: async (acts) => note(acts),
    signedOf: async (commandId) => signed.get(commandId),
  };
}
