import { newId } from "@weft/kernel";
import { expect, it } from "vitest";
import { keyIdOf, makeKey, openBook, publicKeyOf, signerOf, verifyEntries } from "../../../../hub/src/modules/till/fiscal/index.ts";
import { linesHere, planReturnHere, type SaleBody } from "../../../../hub/src/modules/till/domain/index.ts";
import { cameBack, completedAs, namesOf, soldWithHub } from "../local/own-sold.ts";
import type { OutboxRow } from "../outbox/rows.ts";
import { entriesOfAct, type Draft } from "./act-entries.ts";
import { exchangeFactsOf, returnFactsOf } from "./return-facts.ts";

const REGISTER = {
  entityId: "01900000-0000-7000-8000-0000000000e1",
  placeId: "01900000-0000-7000-8000-0000000000f1",
  registerId: "01900000-0000-7000-8000-0000000000a1",
  code: "PAR1",
  timeZone: "Europe/Paris",
  dayEnd: 0,
  training: false,
};
const AT = new Date("2026-03-02T09:00:00Z");
const ACT = { at: AT, operator: null, softwareVersion: "0.1.0" };
const LINE = "01900000-0000-7000-8000-000000000031";

/** Three of something at 2.00, a promotion took 1.00 off: 5.00. */
const SALE = {
  orderId: "01900000-0000-7000-8000-000000000041",
  total: { amount: 500, currency: "EUR" },
  tenders: [{ kind: "cash", amount: 500, received: 500 }],
  customer: null,
  lines: [
    {
      id: LINE,
      sku: "MUG",
      quantity: 3,
      options: [],
      unitPrice: { amount: 200, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } },
      taxIncluded: true,
      total: 500,
      tax: 83,
      net: 417,
      taxRate: { numerator: 1, denominator: 5 },
      deposit: null,
    },
  ],
} as unknown as SaleBody; // what a return asks of it

it("[TIL-51] a return without the hub is a ticket with negative amounts, numbered and signed here; a price by hand is an event 130, an exchange one ticket of the difference", async () => {
  const pair = await makeKey();
  const publicKey = await publicKeyOf(pair.publicKey);
  const keyId = await keyIdOf(publicKey);
  const begun = await openBook(REGISTER, publicKey, ACT, signerOf(keyId, pair.privateKey));
  const own = {
    keyId,
    publicKey,
    privateKey: pair.privateKey,
    currency: "EUR",
    book: begun.book,
    refusedAt: null,
    told: { seq: 0, closings: 0 },
  };
  const units = [{ orderLineId: LINE, quantity: 1, reason: "defective", disposition: "quarantine" }] as const;
  const plan = planReturnHere(
    linesHere(SALE, new Map([[LINE, 1]]), { isTracked: () => true }),
    units as unknown as Parameters<typeof planReturnHere>[1], // ids of lines are texts
  );
  if (!plan.ok) throw new Error("one of three comes back");
  expect(plan.value.total).toBe(166); // the second of three shares of 5.00, which sum to it
  const told = { shiftId: newId(), returnId: newId(), isTraining: false, refund: "cash", rounding: 0 } as const;
  const names = new Map([[LINE, { name: "Mug", options: [] }]]);
  const facts = returnFactsOf({ ...told, sale: SALE, names, plan: plan.value });
  const draft = (kind: string, body: object): Draft =>
    ({ id: newId(), at: AT, staffId: null, kind, body, ...(kind === "return.take" && { facts }) }) as unknown as Draft; // of its kind
  const back = await entriesOfAct(own, draft("return.take", {}), "0.1.0");
  expect(back?.entries).toMatchObject([
    {
      chain: "T",
      type: "return",
      body: { document: { number: "PAR1-000001", total: -166, lines: [{ name: "Mug", quantity: -1, total: -166 }] } },
    },
  ]);
  const given = await entriesOfAct(
    { ...own, book: back?.book ?? begun.book },
    draft("price.give", { reason: "a scratch", lines: [] }),
    "0.1.0",
  );
  expect(given?.entries).toMatchObject([{ chain: "L", body: { document: { code: 130, detail: { reason: "a scratch" } } } }]);
  // [TIL-55] One for 3.00 goes out for what is left, which is worth 1.67.
  const rate = { rate: "1/5", net: 250, tax: 50, gross: 300 };
  const tenders = [{ kind: "cash", state: "captured", amount: 133, received: 200, change: 67 }];
  const out = { ...facts, total: 300, taxes: [rate], tenders } as typeof facts;
  const last = planReturnHere(
    linesHere(SALE, new Map([[LINE, 2]]), { isTracked: () => true }),
    units as unknown as Parameters<typeof planReturnHere>[1], // as above
  );
  if (!last.ok) throw new Error("the last of three comes back");
  const exchange = exchangeFactsOf({ out, returnId: newId(), sale: SALE, names, plan: last.value, rounding: 0 });
  const act = { id: newId(), at: AT, staffId: null, kind: "exchange.record", body: {}, facts: exchange } as unknown as Draft; // as above
  const swapped = await entriesOfAct({ ...own, book: given?.book ?? begun.book }, act, "0.1.0");
  expect(swapped?.entries).toMatchObject([
    {
      chain: "T",
      type: "exchange",
      body: {
        document: {
          number: "PAR1-000002",
          total: 133,
          difference: 133,
          documentTotal: 300,
          cameBack: { total: -167 },
          taxes: [{ gross: 133 }],
        },
        perpetual: { net: -33 },
      },
    },
  ]);
  const all = [...begun.entries, ...(back?.entries ?? []), ...(given?.entries ?? []), ...(swapped?.entries ?? [])];
  const { findings } = await verifyEntries(all, [{ keyId, publicKey, fromJournalSeq: 1, lost: false }]);
  expect(findings).toEqual([]);
});

it("[TIL-51] what came back here before is counted, but not what was refused; goods are called as on their receipt, deposits beside them", () => {
  const row = (kind: string, quantity: number, outcome?: "done" | "refused") =>
    ({
      command: { kind, body: { orderId: SALE.orderId, lines: [{ orderLineId: LINE, quantity }] } },
      ...(outcome && { answer: { outcome } }),
    }) as unknown as OutboxRow; // what is asked of it
  const acts = [row("return.take", 1), row("exchange.record", 1, "done"), row("return.take", 1, "refused"), row("cash.move", 5)];
  expect(cameBack(SALE.orderId, acts)).toEqual(new Map([[LINE, 2]]));
  expect(cameBack("another", acts)).toEqual(new Map());
  const deposited = {
    ...SALE,
    lines: [
      { ...SALE.lines[0], deposit: {} },
      { ...SALE.lines[0], id: "second" },
    ],
  } as unknown as SaleBody; // as above
  const receipt = { lines: ["Bottle", "Deposit", "Mug"].map((name) => ({ name, options: [] })) };
  expect([...namesOf(deposited, receipt).values()].map(({ name }) => name)).toEqual(["Bottle", "Mug"]);
});

it("[TIL-72] a sale that the hub completed is found by the number of its receipt or order or its address, with all that came back of it here", () => {
  const [line] = SALE.lines;
  const sold = {
    orderNumber: "LY-41",
    businessDate: "2026-03-02",
    customerId: null,
    total: SALE.total,
    lines: [{ ...line, name: { en: "Mug", fr: "Tasse" }, options: [{ en: "Blue" }] }],
    tenders: [{ kind: "cash", amount: 500 }],
  };
  const act = (id: string, kind: string, body: object, answer: object | null) =>
    ({ seq: 1, id, command: { kind, body, at: AT.toISOString() }, ...(answer && { answer }) }) as unknown as OutboxRow; // what is asked of it
  const done = { outcome: "done", orderId: SALE.orderId, receiptNumber: "PAR1-000007", sold };
  const unsigned = { ...done, orderId: "another", receiptNumber: null, sold: { ...sold, orderNumber: "LY-42" } };
  const acts = [
    act("first", "sale.complete", { receiptToken: "a-token-of-the-first" }, done),
    act("second", "sale.complete", {}, unsigned),
    act("refused", "sale.complete", {}, { outcome: "refused", orderId: null, receiptNumber: null }),
    act("back", "return.take", { orderId: SALE.orderId, lines: [{ orderLineId: LINE, quantity: 2 }] }, { outcome: "done" }),
  ];
  const found = (shown: string, signed?: string) => completedAs(acts, { shown, signed })?.id;
  expect([" par1-000007", "LY-41", "https://x.example/r/a-token-of-the-first"].map((shown) => found(shown))).toEqual([
    "first",
    "first",
    "first",
  ]);
  expect([found("PAR1-000008", "second"), found("PAR1-000008")]).toEqual(["second", undefined]);
  const [first, second] = acts;
  if (!first || !second) throw new Error("both were sold");
  expect(soldWithHub(first, { given: null, locale: "fr", acts })).toMatchObject({
    number: "PAR1-000007",
    sale: { orderId: SALE.orderId, lines: [{ id: LINE, total: 500 }], customer: null },
    names: new Map([[LINE, { name: "Tasse", options: ["Blue"] }]]),
    before: new Map([[LINE, 2]]),
  });
  expect(soldWithHub(second, { given: "PAR1-000008", locale: "fr", acts })).toMatchObject({ number: "PAR1-000008", before: new Map() });
});
