import { expect, it } from "vitest";
import { createScanJoiner, redirectionReport, scanLayout, type Collection, type ReportItem } from "./hid-report.ts";
import { parseScan } from "./parse-scan.ts";
import { withoutSymbology } from "./symbology.ts";

const item = (reportSize: number, reportCount: number, ...usages: number[]): ReportItem => ({ reportSize, reportCount, usages });

/** As Honeywell and many others: a count, the symbology, 56 bytes, two bytes of the maker, and a byte of flags of which the first says that more follows. */
const COUNTED: Collection[] = [
  {
    usagePage: 0x8c,
    usage: 2,
    inputReports: [
      { reportId: 4, items: [item(1, 8, 0x8c_00_5f, 0x8c_00_60)] },
      {
        reportId: 2,
        items: [
          item(8, 1, 0x01_00_3b),
          item(8, 3, 0x8c_00_fb, 0x8c_00_fc, 0x8c_00_fd),
          item(8, 56, 0x8c_00_fe),
          item(8, 2, 0xff66_0004, 0xff66_0000),
          item(1, 8, 0x8c_00_ff),
        ],
      },
    ],
    featureReports: [{ reportId: 254, items: [item(8, 1, 0xff66_0003)] }],
  },
];

/** Without a count, the data first, and one bit of flag after seven that mean nothing; the report stands in a collection of its own. */
const BARE: Collection[] = [
  {
    usagePage: 0x8c,
    usage: 2,
    children: [
      {
        inputReports: [
          {
            reportId: 9,
            items: [
              { reportSize: 8, reportCount: 20, isRange: true, usageMinimum: 0x8c_00_fe, usageMaximum: 0x8c_00_fe },
              { reportSize: 1, reportCount: 7 },
              item(1, 1, 0x8c_00_ff),
              item(8, 3, 0x8c_00_fb, 0x8c_00_fc, 0x8c_00_fd),
            ],
          },
        ],
      },
    ],
  },
];

const bytesOf = (text: string): number[] => [...Buffer.from(text, "latin1")];
const view = (bytes: readonly number[]): DataView => new DataView(Uint8Array.from(bytes).buffer);
const padded = (bytes: readonly number[], length: number): number[] => [...bytes, ...Array<number>(length - bytes.length).fill(0)];

/** A report as the scanner sends it, without its id, which WebHID takes off. */
const counted = (symbology: string, data: string, flags = 0): DataView =>
  view([data.length, ...padded(bytesOf(symbology), 3), ...padded(bytesOf(data), 56), 0x73, 0, flags]);
const bare = (symbology: string, data: string, flags = 0): DataView =>
  view([...padded(bytesOf(data), 20), flags, ...padded(bytesOf(symbology), 3)]);

function joinerOf(collections: readonly Collection[]) {
  const layout = scanLayout(collections);
  if (!layout) throw new Error("the descriptor has decoded data");
  return createScanJoiner(layout);
}

it("[SCN-4] a code is read from where the scanner's own descriptor puts it", () => {
  expect(joinerOf(COUNTED).report(2, counted("]E0", "4006381333931"), 0)).toBe("]E04006381333931");
  expect(joinerOf(BARE).report(9, bare("]E0", "4006381333931"), 0)).toBe("]E04006381333931");
  expect(joinerOf(COUNTED).report(4, view([1]), 0)).toBeUndefined();
  expect(redirectionReport(COUNTED)).toBe(254);
  expect(redirectionReport(BARE)).toBeUndefined();
});

it("[SCN-4] a scanner that names no decoded data is not read", () => {
  expect(scanLayout([{ usagePage: 1, usage: 6, inputReports: [{ reportId: 0, items: [item(8, 8, 0x07_00_e0)] }] }])).toBeUndefined();
  expect(scanLayout([{ usagePage: 0x8c, usage: 2, inputReports: [{ reportId: 2 }] }])).toBeUndefined();
  expect(scanLayout([])).toBeUndefined();
});

it("[SCN-4] a long code comes in parts and is said once, whole", () => {
  const address = `https://shop.example/r/AbCdEfGhIjKlMnOpQrSt_-?${"x".repeat(40)}`;
  const joiner = joinerOf(COUNTED);
  expect(joiner.report(2, counted("]Q1", address.slice(0, 56), 1), 0)).toBeUndefined();
  expect(joiner.report(2, counted("]Q1", address.slice(56)), 8)).toBe(`]Q1${address}`);
  const other = joinerOf(BARE);
  expect(other.report(9, bare("]Q1", "ABCDEFGHIJKLMNOPQRST", 0x80), 0)).toBeUndefined();
  expect(other.report(9, bare("]Q1", "UV", 0x7f), 8)).toBe("]Q1ABCDEFGHIJKLMNOPQRSTUV");
});

it("[SCN-4] the beginning of a code whose end never came is no part of the next one", () => {
  const joiner = joinerOf(COUNTED);
  joiner.report(2, counted("]Q1", "half of a code", 1), 0);
  expect(joiner.report(2, counted("]E0", "4006381333931"), 5000)).toBe("]E04006381333931");
});

it("[SCN-4] the separators of GS1 are kept, and the reader of such codes gets them", () => {
  const said = joinerOf(COUNTED).report(2, counted("]d2", "010950600013435210A1\u001d17261225"), 0) ?? "";
  expect(parseScan(withoutSymbology(said), "2026-11-23")).toEqual({
    kind: "gs1",
    item: { gtin: "09506000134352", useBy: "2026-12-25", batch: "A1" },
  });
});

it("[SCN-4] what a scanner is set to add is no part of the code, and no code is no scan", () => {
  const joiner = joinerOf(COUNTED);
  expect(joiner.report(2, counted("", "482913\r\n"), 0)).toBe("482913");
  expect(joiner.report(2, counted("]C0", "\r"), 0)).toBeUndefined();
  expect(joiner.report(2, view([]), 0)).toBeUndefined();
});

it("[SCN-4] letters beyond ASCII are read as UTF-8, and where they are none as Latin 1", () => {
  const joiner = joinerOf(COUNTED);
  expect(joiner.report(2, counted("]Q1", Buffer.from("Café", "utf8").toString("latin1")), 0)).toBe("]Q1Café");
  expect(joiner.report(2, counted("]Q1", "Café"), 1)).toBe("]Q1Café");
});

it("[SCN-1] a barcode is a barcode, whether or not its reader says what kind it was", () => {
  for (const said of ["4006381333931", "]E04006381333931"])
    expect(parseScan(withoutSymbology(said))).toEqual({ kind: "barcode", barcode: "4006381333931" });
  expect(withoutSymbology("]C1010950600013435210A1")).toBe("]C1010950600013435210A1");
  expect(withoutSymbology("] not one")).toBe("] not one");
});
