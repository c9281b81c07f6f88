import type { DsfinvkFile } from "./tables.ts";
import type { TaxKey } from "./taxes.ts";
import type { FinishedTransaction, TseMaster } from "./tse.ts";
import type { Voucher, VoucherLine, VoucherTax } from "./voucher.ts";

type Address = { readonly line1: string; readonly postcode: string; readonly city: string; readonly country: string };

/** What was signed of a voucher; `error` where the device did not. */
export type SignedVoucher = { readonly process: string; readonly processType: string } & (
  | { readonly kind: "signed"; readonly transaction: FinishedTransaction }
  | { readonly kind: "failed"; readonly error: string }
);

/** One closing of a register with everything that belongs to it: a shift, from its float to its count. */
export type DsfinvkClosing = {
  readonly registerCode: string;
  readonly registerId: string;
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly closedAt: string;
  readonly businessDate: string;
  readonly currency: string;
  readonly company: { readonly name: string; readonly address: Address | null; readonly taxNumber: string; readonly vatId: string };
  readonly place: { readonly name: string; readonly address: Address };
  readonly softwareVersion: string;
  readonly vouchers: readonly Voucher[];
  readonly signed: ReadonlyMap<string, SignedVoucher>;
  readonly tse: TseMaster | null;
  readonly staffNames: ReadonlyMap<string, string>;
};

export type DsfinvkRow = Readonly<Record<string, string | number>>;
type Rows = Partial<Record<DsfinvkFile, DsfinvkRow[]>>;

/** All rows of a closing, by file; amounts in euro. */
export function rowsOf(closing: DsfinvkClosing): Rows {
  const rows: Rows = {};
  const key = { Z_KASSE_ID: closing.registerCode, Z_ERSTELLUNG: closing.closedAt, Z_NR: closing.number };
  const add = (file: DsfinvkFile, row: DsfinvkRow): void => void (rows[file] ??= []).push({ ...key, ...row });
  masterData(closing, add);
  closing.vouchers.forEach((voucher, index) => voucherRows(closing, { voucher, number: index + 1 }, add));
  closingSums(closing.vouchers, closing.currency, add);
  return rows;
}

type Add = (file: DsfinvkFile, row: DsfinvkRow) => void;

function masterData({ company, place, vouchers, ...closing }: DsfinvkClosing, add: Add): void {
  const counted = vouchers.filter(isCounted);
  const paid = counted.flatMap(({ payments }) => payments);
  add("cashpointclosing.csv", {
    Z_BUCHUNGSTAG: closing.businessDate,
    TAXONOMIE_VERSION: "2.3",
    Z_START_ID: vouchers[0]?.id ?? "",
    Z_ENDE_ID: vouchers.at(-1)?.id ?? "",
    NAME: company.name,
    STRASSE: company.address?.line1 ?? "",
    PLZ: company.address?.postcode ?? "",
    ORT: company.address?.city ?? "",
    LAND: countryCode(company.address?.country ?? "DE"),
    STNR: company.taxNumber,
    USTID: company.vatId,
    Z_SE_ZAHLUNGEN: sumOf(paid.map(({ amount }) => amount)),
    Z_SE_BARZAHLUNGEN: sumOf(paid.filter(({ kind }) => kind === "Bar").map(({ amount }) => amount)),
  });
  add("location.csv", {
    LOC_NAME: place.name,
    LOC_STRASSE: place.address.line1,
    LOC_PLZ: place.address.postcode,
    LOC_ORT: place.address.city,
    LOC_LAND: countryCode(place.address.country),
    LOC_USTID: company.vatId,
  });
  add("cashregister.csv", {
    KASSE_BRAND: "Weft",
    KASSE_MODELL: "Weft till",
    // The standard forbids "/" and "_" in it.
    KASSE_SERIENNR: closing.registerId,
    KASSE_SW_BRAND: "Weft",
    KASSE_SW_VERSION: closing.softwareVersion,
    KASSE_BASISWAEH_CODE: closing.currency,
    KEINE_UST_ZUORDNUNG: "0",
  });
  for (const tax of taxesIn(vouchers)) add("vat.csv", { UST_SCHLUESSEL: tax.key, UST_SATZ: tax.percent, UST_BESCHR: tax.about });
  if (closing.tse) add("tse.csv", tseRow(closing.tse));
}

function taxesIn(vouchers: readonly Voucher[]): TaxKey[] {
  const found = new Map<number, TaxKey>();
  for (const { lines } of vouchers) for (const { taxed } of lines) found.set(taxed.tax.key, taxed.tax);
  return [...found.values()].toSorted((a, b) => a.key - b.key);
}

const tseRow = ({ serial, algorithm, timeFormat, encoding, publicKey, certificate }: TseMaster): DsfinvkRow => ({
  TSE_ID: 1,
  TSE_SERIAL: serial,
  TSE_SIG_ALGO: algorithm,
  TSE_ZEITFORMAT: timeFormat,
  TSE_PD_ENCODING: encoding,
  TSE_PUBLIC_KEY: publicKey,
  TSE_ZERTIFIKAT_I: certificate.slice(0, 1000),
  TSE_ZERTIFIKAT_II: certificate.slice(1000, 2000),
});

function voucherRows(
  { signed, staffNames }: DsfinvkClosing,
  { voucher, number }: { readonly voucher: Voucher; readonly number: number },
  add: Add,
): void {
  const { id, lines } = voucher;
  add("transactions.csv", {
    BON_ID: id,
    BON_NR: number,
    BON_TYP: voucher.type,
    BON_NAME: voucher.name,
    BON_STORNO: "0",
    BON_START: voucher.at,
    BON_ENDE: voucher.at,
    BEDIENER_ID: voucher.operatorId ?? "",
    BEDIENER_NAME: staffNames.get(voucher.operatorId ?? "") ?? "",
    UMS_BRUTTO: euro(lines.reduce((sum, { taxed }) => sum + taxed.gross, 0)),
    BON_NOTIZ: voucher.note,
  });
  for (const tax of summedByTax(lines)) add("transactions_vat.csv", { BON_ID: id, UST_SCHLUESSEL: tax.tax.key, ...taxFields("BON", tax) });
  for (const { kind, name, amount } of voucher.payments)
    add("datapayment.csv", { BON_ID: id, ZAHLART_TYP: kind, ZAHLART_NAME: name, BASISWAEH_BETRAG: euro(amount) });
  lines.forEach((line, index) => lineRows(id, line, index + 1, add));
  const tse = signed.get(id);
  if (tse) add("transactions_tse.csv", { BON_ID: id, ...signedRow(tse) });
}

function lineRows(id: string, line: VoucherLine, position: number, add: Add): void {
  const { taxed, quantity } = line;
  const key = { BON_ID: id, POS_ZEILE: String(position) };
  add("lines.csv", {
    ...key,
    ARTIKELTEXT: line.text,
    GV_TYP: line.kind,
    GV_NAME: line.name,
    INHAUS: line.isEatenIn ? "1" : "0",
    P_STORNO: "0",
    ART_NR: line.sku,
    MENGE: quantity,
    FAKTOR: 1,
    EINHEIT: line.unit,
    STK_BR: quantity === 0 ? 0 : euro(taxed.gross) / quantity,
  });
  add("lines_vat.csv", { ...key, UST_SCHLUESSEL: taxed.tax.key, ...taxFields("POS", taxed) });
  if (line.discount === 0) return;
  const price = (type: string, gross: number): void =>
    add("itemamounts.csv", { ...key, TYP: type, UST_SCHLUESSEL: taxed.tax.key, ...taxFields("PF", shareOf(gross, taxed.tax)) });
  price("base_amount", taxed.gross + line.discount);
  price("discount", -line.discount);
}

function shareOf(gross: number, tax: TaxKey): VoucherTax {
  const net = (gross * 100) / (100 + tax.percent);
  return { tax, gross, net, vat: gross - net };
}

const signedRow = (tse: SignedVoucher): DsfinvkRow => ({
  TSE_ID: 1,
  TSE_TA_VORGANGSART: tse.processType,
  TSE_VORGANGSDATEN: tse.process,
  ...(tse.kind === "signed"
    ? {
        TSE_TANR: tse.transaction.number,
        TSE_TA_START: tse.transaction.startedAt,
        TSE_TA_ENDE: tse.transaction.finishedAt,
        TSE_TA_SIGZ: tse.transaction.signatureCounter,
        TSE_TA_SIG: tse.transaction.signature,
      }
    : { TSE_TA_FEHLER: tse.error }),
});

/** The closing module: what the single recordings come to. Training is recorded and never counted. */
function closingSums(vouchers: readonly Voucher[], currency: string, add: Add): void {
  const counted = vouchers.filter(isCounted);
  const cases = Map.groupBy(
    counted.flatMap(({ lines }) => lines),
    ({ kind, name }) => JSON.stringify([kind, name]),
  );
  for (const [of, lines] of cases) {
    const [kind, name] = JSON.parse(of) as [string, string]; // written one line above
    for (const tax of summedByTax(lines))
      add("businesscases.csv", { GV_TYP: kind, GV_NAME: name, UST_SCHLUESSEL: tax.tax.key, ...sumFields(tax) });
  }
  const payments = Map.groupBy(
    counted.flatMap((voucher) => voucher.payments),
    ({ kind }) => kind,
  );
  for (const [kind, parts] of payments)
    add("payment.csv", {
      ZAHLART_TYP: kind,
      ZAHLART_NAME: parts[0]?.name ?? "",
      Z_ZAHLART_BETRAG: sumOf(parts.map(({ amount }) => amount)),
    });
  const cash = (payments.get("Bar") ?? []).map(({ amount }) => amount);
  add("cash_per_currency.csv", { ZAHLART_WAEH: currency, ZAHLART_BETRAG_WAEH: sumOf(cash) });
}

const isCounted = ({ type }: Voucher): boolean => type !== "AVTraining";

function summedByTax(lines: readonly VoucherLine[]): VoucherTax[] {
  const sums = new Map<number, VoucherTax>();
  for (const { taxed } of lines) {
    const before = sums.get(taxed.tax.key) ?? { tax: taxed.tax, gross: 0, net: 0, vat: 0 };
    sums.set(taxed.tax.key, {
      tax: taxed.tax,
      gross: before.gross + taxed.gross,
      net: before.net + taxed.net,
      vat: before.vat + taxed.vat,
    });
  }
  return [...sums.values()].toSorted((a, b) => a.tax.key - b.tax.key);
}

const taxFields = (prefix: string, { gross, net, vat }: VoucherTax): DsfinvkRow => ({
  [`${prefix}_BRUTTO`]: euro(gross),
  [`${prefix}_NETTO`]: euro(net),
  [`${prefix}_UST`]: euro(vat),
});

const sumFields = ({ gross, net, vat }: VoucherTax): DsfinvkRow => ({
  Z_UMS_BRUTTO: euro(gross),
  Z_UMS_NETTO: euro(net),
  Z_UST: euro(vat),
});

const euro = (minor: number): number => minor / 100;
const sumOf = (amounts: readonly number[]): number => euro(amounts.reduce((sum, amount) => sum + amount, 0));

/** ISO 3166 alpha-3, for the countries whose companies keep German tills. */
const ALPHA_3: Readonly<Record<string, string>> = { DE: "DEU", AT: "AUT", FR: "FRA", CH: "CHE", NL: "NLD", ES: "ESP", AD: "AND" };
const countryCode = (code: string): string => ALPHA_3[code] ?? code;
