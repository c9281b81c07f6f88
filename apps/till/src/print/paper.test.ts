import { readFileSync } from "node:fs";
import { setupI18n } from "@lingui/core";
import type { ReceiptView, ReturnView, ShiftView } from "@weft/contracts/client";
import { compileCatalogs, readCatalog } from "@weft/ui/build/message-catalog.ts";
import { withFrenchSpaces } from "@weft/ui/build/french-spaces.ts";
import { setFormatting } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import { afterAll, describe, expect, it } from "vitest";
import { paperText, printedBy } from "../../../../hub/src/modules/till/domain/devices/index.ts";
import type { MessageKey } from "../t.ts";
import { billRows } from "../bill/bill-rows.ts";
import { giftRows, mayBeGiven } from "../gift/gift-rows.ts";
import { drawerBytes, paperBytes, type PrinterModel } from "./encode.ts";
import { layOut } from "./paper.ts";
import { printable } from "./printable.ts";
import { receiptRows } from "./receipt-rows.ts";
import { returnRows } from "./return-rows.ts";
import { cashSlipRows, reportRows } from "./shift-rows.ts";

const WIDE: PrinterModel = { language: "esc-pos", columns: 48, codePage: "windows1252" };
const NARROW: PrinterModel = { language: "star-prnt", columns: 32, codePage: "cp858" };
const eur = (amount: number) => ({ amount, currency: "EUR" });
const LYON: ReceiptView = {
  number: "LYB1-000123",
  orderNumber: "T-4711",
  orderId: "01900000-0000-7000-8000-000000000005",
  at: "2026-03-02T09:15:00.000Z",
  timeZone: "Europe/Paris",
  businessDate: "2026-03-02",
  entity: { name: "Trama SAS", vatId: "FR40303265045", country: "FR" },
  place: { name: "Trama Bellecour", address: "3 place Bellecour, 69002 Lyon", phone: null },
  company: null,
  registerName: "Caisse 1",
  cashier: "Jordi",
  lines: [
    line({
      name: "Café crème à la crème brûlée",
      options: ["Lait d’avoine"],
      quantity: 2,
      unitPrice: "4,20 €",
      total: eur(840),
      taxRate: "10",
    }),
    line({ name: "Bœuf mijoté", quantity: 1, unitPrice: "12,50 €", total: eur(1250), taxRate: "10" }),
  ],
  toCome: [],
  subtotal: eur(2090),
  discount: eur(90),
  promotions: [{ name: "Midi", amount: eur(90) }],
  total: eur(2000),
  taxes: [{ rate: "10", net: eur(1818), tax: eur(182), gross: eur(2000) }],
  tenders: [{ kind: "cash", amount: eur(2000), received: eur(2500), change: eur(500), rounding: null, tip: null }],
  points: null,
  training: false,
  ticket: { register: "LYB1", chain: "T", seq: 123, kind: "sale" },
  journalHash: "ab".repeat(32),
  tse: null,
};

const BACK = {
  number: "R-1001",
  receiptNumber: "LYB1-000124",
  orderNumber: "T-4711",
  placeName: "Trama Bellecour",
  returnedAt: "2026-03-02T10:15:00.000Z",
  timeZone: "Europe/Paris",
  lines: [{ quantity: 1, name: { en: "Stew", fr: "Bœuf mijoté" }, options: [], total: eur(1250) }],
  total: eur(1250),
  tax: eur(114),
  refunds: [{ kind: "cash", amount: eur(1250) }],
  pointsTaken: 12,
  pointsGiven: 0,
  staffName: "Jordi",
  isUnproven: false,
} as unknown as ReturnView; // what stands on the paper

const SHIFT: ShiftView = {
  id: "01900000-0000-7000-8000-000000000007",
  registerId: "01900000-0000-7000-8000-000000000001",
  registerName: "Caisse 1",
  placeId: "01900000-0000-7000-8000-000000000002",
  businessDate: "2026-03-02",
  openedAt: "2026-03-02T08:00:00.000Z",
  openedBy: "Jordi",
  closedAt: null,
  float: eur(10_000),
  expectedCash: null,
  countedCash: null,
  difference: null,
  sales: { count: 12, total: eur(24_000), cash: eur(4_000), card: eur(20_000) },
  returns: { count: 1, total: eur(1_250), cash: eur(1_250), card: eur(0) },
  rounding: eur(0),
  tips: { total: eur(200), cash: eur(200), byStaff: [{ name: null, total: eur(200) }] },
  empties: { count: 0, total: eur(0) },
  customersOpenedWithoutSale: 1,
  drawer: { id: "01900000-0000-7000-8000-000000000001", name: "Caisse 1", registers: [] },
};
const WHERE = { placeName: "Trama Bellecour", timeZone: "Europe/Paris", training: false, now: "2026-03-02T17:00:00.000Z" };

function line(of: Partial<ReceiptView["lines"][number]>): ReceiptView["lines"][number] {
  return { name: "", isGiftCard: false, options: [], quantity: 1, unitPrice: "", total: eur(0), taxRate: "0", ...of };
}

/** The words of the till in a language, as the build compiles them. */
function wordsOf(locale: "fr" | "de" | "ca", formatting: string): Translate<MessageKey> {
  const catalog = readCatalog(new URL("../messages", import.meta.url).pathname, locale);
  const words = setupI18n({ locale, messages: { [locale]: compileCatalogs([locale === "fr" ? withFrenchSpaces(catalog) : catalog]) } });
  setFormatting(formatting);
  return (key, values) => words._(key, values);
}

afterAll(() => setFormatting("en-GB"));

const onPaper = (rows: Parameters<typeof paperBytes>[0], model: PrinterModel): string =>
  paperText(printedBy(paperBytes(rows, model), model.language));

describe("a receipt on paper", () => {
  it("[DEV-1] says on 80 mm what the screen says, in the signs of the printer", () => {
    expect(onPaper(receiptRows(LYON, wordsOf("fr", "fr-FR")), WIDE)).toBe(golden("receipt-fr-80mm.txt"));
  });

  it("[DEV-2] breaks what is too long for 58 mm and cuts no figure; what a printer lacks is written as near as it can be", () => {
    expect(onPaper(receiptRows(LYON, wordsOf("fr", "fr-FR")), NARROW)).toBe(golden("receipt-fr-58mm.txt"));
  });

  it.each([
    ["esc-pos", WIDE],
    ["star-prnt", NARROW],
  ] as const)("[DEV-1] has the same bytes as ever in %s", (language, model) => {
    const bytes = Buffer.from(paperBytes(receiptRows(LYON, wordsOf("fr", "fr-FR")), model)).toString("base64");
    expect(bytes.replaceAll(/(.{100})/g, "$1\n")).toBe(golden(`receipt-fr-${language}.base64`));
  });

  it("[DEV-1] prints German and Catalan letters as they are", () => {
    expect(onPaper(receiptRows({ ...LYON, place: { ...LYON.place, name: "Café Größe" } }, wordsOf("de", "de-DE")), WIDE)).toContain(
      "Café Größe",
    );
    const catalan = receiptRows({ ...LYON, training: true }, wordsOf("ca", "ca-ES"), { duplicate: { copy: 2, reason: "Col·lecció" } });
    expect(onPaper(catalan, WIDE)).toMatch(/DUPLICAT 2\n.*Col·lecció/);
  });

  it("[DEV-5] a copy says so before anything else, with its number and reason", () => {
    const rows = receiptRows(LYON, wordsOf("fr", "fr-FR"), { duplicate: { copy: 1, reason: "Il a été perdu" } });
    const [first, second] = onPaper(rows, WIDE).split("\n");
    expect(first?.trim()).toBe("DUPLICATA 1");
    expect(second?.trim()).toBe("Il a été perdu");
  });

  it("[DEV-1] a gift card is on it with its code, as letters and for a camera", () => {
    const card = { code: "ABCD-EFGH-JKMN-PQRS", last4: "PQRS", amount: eur(2500), expiresAt: null };
    const rows = receiptRows(LYON, wordsOf("de", "de-DE"), { giftCards: [card] });
    for (const model of [WIDE, NARROW]) expect(onPaper(rows, model)).toMatch(/\[ABCD-EFGH-JKMN-PQRS\]\n+ +ABCD-EFGH-JKMN-PQRS/);
  });
});

describe("other papers", () => {
  it("[DEV-12] a return is on paper with negative amounts, where the money went, and as a copy when it is printed again", () => {
    const once = onPaper(returnRows(BACK, wordsOf("fr", "fr-FR"), { training: false, textOf: ({ en }) => en }), NARROW);
    expect(once).toMatch(/LYB1-000124/);
    expect(once).toMatch(/Total +-12,50 EUR|Total +-12,50 €/);
    expect(once).not.toMatch(/DUPLICATA/);
    const again = returnRows(BACK, wordsOf("fr", "fr-FR"), {
      training: true,
      textOf: ({ en }) => en,
      duplicate: { copy: 1, reason: "Il a été perdu" },
    });
    expect(onPaper(again, NARROW)).toMatch(/MODE ÉCOLE|MODE ECOLE/);
    expect(onPaper(again, NARROW)).toMatch(/DUPLICATA 1/);
  });

  it("[DEV-12] [TIL-4] an X report says what was sold and not what the drawer should hold; the Z says that too, and the perpetual totals", () => {
    const t = wordsOf("de", "de-DE");
    const interim = onPaper(reportRows(SHIFT, WHERE, t), WIDE);
    expect(interim).toMatch(/X-BERICHT/);
    expect(interim).not.toMatch(/Soll|erwartet/i);
    const closed = { ...SHIFT, closedAt: WHERE.now, expectedCash: eur(12_750), countedCash: eur(12_700), difference: eur(-50) };
    const report = onPaper(reportRows(closed, { ...WHERE, perpetual: { net: 999_900, absolute: 1_002_400 } }, t), WIDE);
    expect(report).toMatch(/Z-BERICHT/);
    expect(report).toMatch(/Differenz +-0,50/);
    expect(report).toMatch(/9\.999,00/);
    expect(report).toMatch(/10\.024,00/);
  });

  it("[DEV-12] a cash movement is a slip to be signed, with its reason", () => {
    const move = { direction: "out", amount: eur(5000), reason: "Bank", at: WHERE.now } as const;
    const slip = onPaper(cashSlipRows(move, { ...WHERE, registerName: "Kasse 1", staffName: "Jordi" }, wordsOf("de", "de-DE")), NARROW);
    expect(slip).toMatch(/Bank +50,00/);
    expect(slip).toMatch(/Unterschrift/);
  });
});

describe("papers that are no receipt", () => {
  it("[TIL-46] a receipt without prices has not one amount, and its code; a weight without what a kilogram costs", () => {
    const lines = [
      { ...line({ name: "Tasse", options: ["Bleue"], quantity: 2, total: eur(2800) }), orderLineId: "a" },
      { ...line({ name: "Comté", quantity: 312, weighed: "0,312 kg × 24,90 €/kg", total: eur(777) }), orderLineId: "b" },
    ];
    const address = "https://shop.example/g/AbCdEfGhIjKlMnOpQrSt_-";
    for (const model of [WIDE, NARROW]) {
      const paper = onPaper(giftRows(LYON, lines, address, wordsOf("fr", "fr-FR")), model);
      expect(paper).toMatch(/Ticket cadeau[\s\S]*2 Tasse\n +Bleue\n0,312 kg Comté/);
      expect(paper).toContain(`[${address}]`);
      expect(paper).not.toMatch(/€|EUR|\d,\d\d\b/);
    }
    expect(mayBeGiven(line({ orderLineId: "a", isGiftCard: true }))).toBe(false);
  });

  const BILL = {
    shiftId: SHIFT.id,
    cartId: SHIFT.id,
    print: 2,
    lines: [
      {
        sku: "CAF",
        name: { en: "Coffee", fr: "Café" },
        options: [{ en: "Oat", fr: "Avoine" }],
        quantity: 2,
        unit: "piece" as const,
        total: 840,
      },
    ],
    total: eur(840),
  };
  const FACTS = {
    number: "LYB1-B000002",
    at: WHERE.now,
    timeZone: "Europe/Paris",
    country: "FR",
    place: { name: "Trama Bellecour", address: "3 place Bellecour, 69002 Lyon" },
    entityName: "Trama SAS",
    registerName: "Caisse 1",
    training: false,
    table: "Table 5",
    textOf: ({ en }: { readonly en: string }) => en,
  };

  it("[TIL-48] a bill before payment says first what it is, in the words of its country too, and neither taxes nor a payment", () => {
    const french = onPaper(billRows(BILL, FACTS, wordsOf("fr", "fr-FR")), WIDE);
    expect(french.trimStart()).toMatch(/^DOCUMENT PROVISOIRE\n/);
    expect(french).toMatch(/LYB1-B000002/);
    expect(french).toMatch(/2 Coffee +8,40/);
    expect(french).toMatch(/^ +Table 5$/m);
    expect(french).not.toMatch(/^(TVA|HT|Taux|Espèces|Carte)/m);
    const german = onPaper(billRows(BILL, FACTS, wordsOf("de", "de-DE")), WIDE);
    expect(german.trimStart()).toMatch(/^DOCUMENT PROVISOIRE\n +ZWISCHENRECHNUNG\n/);
  });

  it("[TIL-45] [CRT-34] a typed weight is marked on paper, and what was said about a line stands below it", () => {
    const typed = line({
      name: "Comté",
      quantity: 312,
      weighed: "0,312 kg × 24,90 €/kg",
      isTyped: true,
      note: "en tranches fines",
      total: eur(777),
      taxRate: "0.055",
    });
    const paper = onPaper(receiptRows({ ...LYON, lines: [typed], note: "pour midi" }, wordsOf("fr", "fr-FR")), WIDE);
    expect(paper).toMatch(/poids saisi à la main/);
    expect(paper).toMatch(/en tranches fines/);
    expect(paper).toMatch(/pour midi/);
  });
});

describe("bytes for printers", () => {
  it("[DEV-3] the drawer opens once, and nothing is printed", () => {
    for (const model of [WIDE, NARROW]) expect(printedBy(drawerBytes(model), model.language)).toEqual({ lines: [], kicks: 1 });
  });

  it("[DEV-3] the simulated printer refuses what its language does not have", () => {
    const star = paperBytes([{ kind: "code", text: "https://weft.example" }], NARROW);
    expect(() => printedBy(star, "esc-pos")).toThrow(/no such command/);
  });

  it("[DEV-1] signs that a printer lacks have a likeness, or a question mark", () => {
    expect(printable("12,50\u202f€ – L’œuf", "windows1252")).toBe("12,50\u00a0€ – L’œuf");
    expect(printable("12,50\u202f€ – L’œuf", "cp858")).toBe("12,50\u00a0€ - L'oeuf");
    expect(printable("Ştefan Łódź 東", "windows1252")).toBe("Stefan ?ódz ?");
  });

  it("[DEV-2] a word longer than the paper is broken, and an amount that leaves no room stands in a line of its own", () => {
    const lines = layOut(
      [
        { kind: "text", text: "x".repeat(40) },
        { kind: "pair", left: "Left side", right: "1".repeat(30) },
      ],
      32,
    );
    expect(lines.map((one) => (one.kind === "line" ? one.text : ""))).toEqual([
      "x".repeat(32),
      "x".repeat(8),
      "Left side",
      "1".repeat(30).padStart(32),
    ]);
  });
});

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");
