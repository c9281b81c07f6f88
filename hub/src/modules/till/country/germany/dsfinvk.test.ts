import { describe, expect, it } from "vitest";
import { fieldText } from "./export.ts";
import { rowsOf, type DsfinvkClosing } from "./rows.ts";
import { indexXml } from "./index-xml.ts";
import { DSFINVK_TABLES } from "./tables.ts";
import { taxKeyOf } from "./taxes.ts";
import { processOf } from "./tse.ts";
import { drawerVoucher, voucherOf, type TicketForExport } from "./voucher.ts";

const sale: TicketForExport & { currency: string; taxes: { rate: string; gross: number }[] } = {
  number: "BER1-000001",
  mode: "eat_in",
  currency: "EUR",
  lines: [
    {
      sku: "CAP",
      name: "Cappuccino",
      options: ["Hafermilch"],
      quantity: 2,
      unit: "piece",
      discount: 100,
      net: 647,
      tax: 123,
      total: 770,
      rate: "19/100",
    },
    { sku: "BEANS", name: { de: "Bohnen", en: "Beans" }, quantity: 250, unit: "gram", net: 935, tax: 65, total: 1000, rate: "7/100" },
    {
      sku: "COLA",
      name: "Cola",
      quantity: 1,
      unit: "piece",
      net: 273,
      tax: 52,
      total: 325,
      rate: "19/100",
      deposit: { total: 25, tax: 4, taxRate: "19/100" },
    },
  ],
  tenders: [
    { kind: "gift_card", state: "captured", amount: 500 },
    { kind: "cash", state: "captured", amount: 1595, tip: 105 },
  ],
  taxes: [
    { rate: "19/100", gross: 1095 },
    { rate: "7/100", gross: 1000 },
  ],
};

const closing = (vouchers: DsfinvkClosing["vouchers"], over: Partial<DsfinvkClosing> = {}): DsfinvkClosing => ({
  registerCode: "BER1",
  registerId: "register-1",
  number: 7,
  closedAt: "2026-03-02T19:00:00.000Z",
  businessDate: "2026-03-02",
  currency: "EUR",
  company: { name: "Trama Deutschland GmbH", address: null, taxNumber: "12/345/67890", vatId: "DE000000000" },
  place: { name: "Berlin", address: { line1: "Weberstraße 8", postcode: "10437", city: "Berlin", country: "DE" } },
  softwareVersion: "1.0.0",
  vouchers,
  signed: new Map(),
  tse: null,
  staffNames: new Map([["staff-1", "Jordi Puig"]]),
  ...over,
});

const ticket = voucherOf("sale", { document: sale, at: "2026-03-02T10:00:00.000Z", operatorId: "staff-1", isTraining: false });
const sum = (rows: readonly Readonly<Record<string, string | number>>[] = [], field: string): number =>
  Math.round(rows.reduce((all, row) => all + Number(row[field] ?? 0), 0) * 100);

describe("DSFinV-K", () => {
  it("[ARC-7] sums the same in single recordings and closings: lines, taxes and payments of every ticket", () => {
    const float = drawerVoucher({
      id: "float",
      kind: "float",
      amount: 10_000,
      reason: "",
      at: "2026-03-02T07:00:00.000Z",
      operatorId: null,
      isTraining: false,
    });
    const rows = rowsOf(closing([float, ticket]));
    const gross = 10_000 + 770 + 1000 + 325 + 105 - 500;
    expect(sum(rows["lines_vat.csv"], "POS_BRUTTO")).toBe(gross);
    expect(sum(rows["transactions_vat.csv"], "BON_BRUTTO")).toBe(gross);
    expect(sum(rows["businesscases.csv"], "Z_UMS_BRUTTO")).toBe(gross);
    expect(sum(rows["transactions.csv"], "UMS_BRUTTO")).toBe(gross);
    expect(sum(rows["datapayment.csv"], "BASISWAEH_BETRAG")).toBe(gross);
    expect(sum(rows["payment.csv"], "Z_ZAHLART_BETRAG")).toBe(gross);
    for (const { BON_BRUTTO, BON_NETTO, BON_UST } of rows["transactions_vat.csv"] ?? [])
      expect(Number(BON_NETTO) + Number(BON_UST)).toBeCloseTo(Number(BON_BRUTTO), 5);
  });

  it("[ARC-7] keeps business cases apart: sales, deposits, tips, vouchers, and movements of the drawer", () => {
    const kinds = ticket.lines.map(({ kind, taxed }) => `${kind} ${taxed.tax.key} ${taxed.gross}`);
    expect(kinds).toEqual([
      "Umsatz 1 770",
      "Umsatz 2 1000",
      "Umsatz 1 300",
      "Pfand 1 25",
      "MehrzweckgutscheinEinloesung 5 -500",
      "TrinkgeldAN 5 105",
    ]);
    expect(ticket.lines[1]).toMatchObject({ text: "Bohnen", quantity: 0.25, unit: "kg" });
    expect(ticket.payments).toEqual([{ kind: "Bar", name: "", amount: 1700 }]);
    const found = drawerVoucher({
      id: "d",
      kind: "difference",
      amount: -50,
      reason: "Kassendifferenz",
      at: "2026-03-02T19:00:00.000Z",
      operatorId: null,
      isTraining: false,
    });
    expect(found.lines[0]?.kind).toBe("DifferenzSollIst");
  });

  it("[ARC-7] records training and counts none of it", () => {
    const training = voucherOf("sale", { document: sale, at: "2026-03-02T10:00:00.000Z", operatorId: null, isTraining: true });
    const rows = rowsOf(closing([training]));
    expect(rows["transactions.csv"]?.[0]).toMatchObject({ BON_TYP: "AVTraining" });
    expect(rows["businesscases.csv"] ?? []).toEqual([]);
  });

  it("[ARC-7] writes only fields that the standard names, and describes all of them in index.xml", () => {
    const tse = {
      serial: "s",
      algorithm: "ecdsa-plain-SHA256",
      timeFormat: "unixTime",
      encoding: "UTF-8",
      publicKey: "k",
      certificate: "c".repeat(1500),
    } as const;
    const signed = new Map([[ticket.id, { kind: "failed", process: "p", processType: "Kassenbeleg-V1", error: "off" } as const]]);
    const rows = rowsOf(closing([ticket], { tse, signed }));
    for (const table of DSFINVK_TABLES) {
      const known = new Set<string>(table.columns.map(({ name }) => name));
      for (const row of rows[table.file] ?? [])
        for (const field of Object.keys(row)) expect([table.file, field, known.has(field)]).toEqual([table.file, field, true]);
    }
    const index = indexXml({ supplier: "A & B", place: "Berlin", period: "2026" });
    for (const { file } of DSFINVK_TABLES) expect(index).toContain(`<URL>${file}</URL>`);
    expect(index).toContain("A &amp; B");
    expect(rows["tse.csv"]?.[0]?.["TSE_ZERTIFIKAT_II"]).toHaveLength(500);
  });

  it("[ARC-7] writes numbers with a comma and cuts texts to their length", () => {
    expect(fieldText({ name: "STK_BR", decimals: 5 }, 3.85)).toBe("3,85000");
    expect(fieldText({ name: "NAME", length: 3 }, "Trama")).toBe("Tra");
    expect(fieldText({ name: "NAME", length: 3 }, undefined)).toBe("");
  });

  it("[ARC-7] knows the keys of German rates, and gives others a key of their own that stays", () => {
    expect(["19/100", "7/100", "107/1000", "11/200", "0/1"].map((rate) => taxKeyOf(rate).key)).toEqual([1, 2, 3, 4, 5]);
    expect(taxKeyOf("1/5")).toMatchObject({ key: 3000, percent: 20 });
  });
});

describe("what the device signs", () => {
  it("[ARC-6] is the ticket in five places of tax and its payments by kind", () => {
    expect(processOf(sale, false)).toEqual({ type: "Kassenbeleg-V1", data: "Beleg^10.95_10.00_0.00_0.00_0.00^15.95:Bar_5.00:Unbar" });
    expect(processOf({ ...sale, tenders: [], taxes: [] }, true).data).toBe("AVTraining^0.00_0.00_0.00_0.00_0.00^0.00:Bar");
  });
});
