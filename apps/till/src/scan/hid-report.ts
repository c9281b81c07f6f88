/**
 * How a scanner that speaks HID POS says what it read. The usages are those of the Bar Code Scanner page of the HID Point of Sale Usage Tables 1.02;
 * where each of them lies in a report is read from the scanner's own descriptor, because makers order and size them differently.
 */

/** What of a report's description is read here, as WebHID gives it: a usage has its page in the upper 16 bits. */
export type ReportItem = {
  readonly isRange?: boolean;
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly usageMaximum?: number;
  /** Bits of one field, and how many fields. */
  readonly reportSize?: number;
  readonly reportCount?: number;
};
export type Report = { readonly reportId?: number; readonly items?: readonly ReportItem[] };
export type Collection = {
  readonly usagePage?: number;
  readonly usage?: number;
  readonly children?: readonly Collection[];
  readonly inputReports?: readonly Report[];
  readonly featureReports?: readonly Report[];
};

/** The application that a browser is asked for: a bar code scanner. */
export const SCANNER_USAGE = { usagePage: 0x8c, usage: 0x02 } as const;

const FIRST_SYMBOLOGY = 0x8c_00_fb;
const LAST_SYMBOLOGY = 0x8c_00_fd;
const DECODED_DATA = 0x8c_00_fe;
const DATA_CONTINUED = 0x8c_00_ff;
/** Of the Generic Desktop page: how many bytes of the data are the code's. */
const BYTE_COUNT = 0x01_00_3b;
/** Of a page of Honeywell's: whether codes go out as these reports. Its scanners may ask for it before they say anything. */
const OUTPUT_REDIRECTION = 0xff66_0003;

/** Where something lies in a report: its first bit and how many. */
type Field = { readonly usage: number | undefined; readonly at: number; readonly bits: number };

/** The report that carries codes, and where the parts of a code lie in it. */
export type ScanLayout = {
  readonly reportId: number;
  readonly symbology: readonly Field[];
  readonly data: readonly Field[];
  readonly count: Field | undefined;
  readonly isContinued: Field | undefined;
};

/** How a scanner sends codes; undefined where its descriptor names no decoded data, as with those that are set to another mode. */
export function scanLayout(collections: readonly Collection[]): ScanLayout | undefined {
  for (const { reportId = 0, items = [] } of reportsOf(collections, "inputReports")) {
    const fields = fieldsOf(items);
    const data = fields.filter(({ usage, bits }) => usage === DECODED_DATA && bits === 8);
    if (data.length === 0) continue;
    const symbology = fields.filter(({ usage = 0 }) => usage >= FIRST_SYMBOLOGY && usage <= LAST_SYMBOLOGY);
    const one = (wanted: number): Field | undefined => fields.find(({ usage }) => usage === wanted);
    return { reportId, symbology, data, count: one(BYTE_COUNT), isContinued: one(DATA_CONTINUED) };
  }
  return undefined;
}

/** The feature report that sends codes here, where a scanner has one. */
export function redirectionReport(collections: readonly Collection[]): number | undefined {
  return reportsOf(collections, "featureReports").find(({ items = [] }) =>
    fieldsOf(items).some(({ usage }) => usage === OUTPUT_REDIRECTION),
  )?.reportId;
}

/** A collection names the reports of what stands inside it, too: the outermost is looked at first, because only there a report is whole. */
function reportsOf(collections: readonly Collection[], kind: "inputReports" | "featureReports"): Report[] {
  return collections.flatMap((one) => [...(one[kind] ?? []), ...reportsOf(one.children ?? [], kind)]);
}

function fieldsOf(items: readonly ReportItem[]): Field[] {
  const fields: Field[] = [];
  let at = 0;
  for (const item of items) {
    const { reportSize: bits = 0, reportCount = 0 } = item;
    for (let nth = 0; nth < reportCount; nth += 1, at += bits) fields.push({ usage: usageOf(item, nth), at, bits });
  }
  return fields;
}

/** Where an item has more fields than usages, the last one stands for the rest (HID 1.11, section 6.2.2.8). */
function usageOf({ isRange, usages = [], usageMinimum = 0, usageMaximum = 0 }: ReportItem, nth: number): number | undefined {
  return isRange ? Math.min(usageMinimum + nth, usageMaximum) : usages[Math.min(nth, usages.length - 1)];
}

/** Parts of one code follow each other within milliseconds: what came longer ago belongs to a code whose end never came. */
const NEXT_PART_WITHIN_MS = 1000;

export type ScanJoiner = { readonly report: (reportId: number, data: DataView, atMs: number) => string | undefined };

/**
 * Puts the reports of a scanner together and answers the code once it is whole [SCN-4]: with its AIM symbology identifier in front where the scanner says
 * one, and with the separators of GS1 as they stand in it.
 */
export function createScanJoiner(layout: ScanLayout): ScanJoiner {
  let bytes: number[] = [];
  let last = -Infinity;
  return {
    report(reportId, data, atMs) {
      if (reportId !== layout.reportId) return undefined;
      if (atMs - last > NEXT_PART_WITHIN_MS) bytes = [];
      last = atMs;
      bytes.push(...dataIn(layout, data));
      if (layout.isContinued && valueAt(data, layout.isContinued) !== 0) return undefined;
      const text = textOf(bytes);
      bytes = [];
      return text === "" ? undefined : symbologyIn(layout, data) + text;
    },
  };
}

function dataIn({ data: fields, count }: ScanLayout, data: DataView): number[] {
  const bytes = fields.map((field) => valueAt(data, field));
  if (count) return bytes.slice(0, valueAt(data, count));
  // Nobody says how many are meant: what is left of the report is filled up with noughts.
  return bytes.slice(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
}

/** `]E0` and its like (ISO/IEC 15424); nothing where the scanner says none. */
function symbologyIn({ symbology }: ScanLayout, data: DataView): string {
  const said = String.fromCharCode(...symbology.map((field) => valueAt(data, field)));
  return /^\][A-Za-z][\dA-Za-z]$/.test(said) ? said : "";
}

/** Of what a report does not hold, every bit is 0. */
function valueAt(data: DataView, { at, bits }: Field): number {
  let value = 0;
  for (let nth = 0; nth < bits; nth += 1) {
    const byte = Math.floor((at + nth) / 8);
    if (byte < data.byteLength) value += ((data.getUint8(byte) >> ((at + nth) % 8)) & 1) * 2 ** nth;
  }
  return value;
}

/** Codes of two dimensions are UTF-8 or Latin 1, and say it seldom; the carriage return that scanners are often set to send is no part of a code. */
function textOf(bytes: readonly number[]): string {
  const read = (encoding: string, fatal: boolean): string => new TextDecoder(encoding, { fatal }).decode(Uint8Array.from(bytes));
  let text: string;
  try {
    text = read("utf-8", true);
  } catch {
    text = read("windows-1252", false);
  }
  return text.replace(/[\r\n\t]+$/, "");
}
