import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import { layOut, type PaperLine, type PaperRow } from "./paper.ts";
import { NO_BREAK, printable, type CodePage } from "./printable.ts";

/** What a printer understands, and how much its paper takes: 32 characters on 58 mm, 42 or 48 on 80 mm. */
export type PrinterModel = {
  readonly language: "esc-pos" | "star-prnt";
  readonly columns: 32 | 42 | 48;
  readonly codePage: CodePage;
};

/** Rows in the language of a printer, cut off at the end [DEV-1]. */
export function paperBytes(rows: readonly PaperRow[], model: PrinterModel): Uint8Array {
  const encoder = encoderFor(model).initialize().codepage(model.codePage);
  for (const line of layOut(
    rows.map((row) => inSignsOf(row, model.codePage)),
    model.columns,
  ))
    write(encoder, line);
  return encoder.cut("partial").encode();
}

/** The pulse that opens the drawer at the printer's second socket. */
export function drawerBytes(model: PrinterModel): Uint8Array {
  return encoderFor(model).initialize().pulse(0, 100, 250).encode();
}

function encoderFor({ language, columns }: PrinterModel): ReceiptPrinterEncoder {
  const codepageMapping = language === "star-prnt" ? "star" : "epson";
  return new ReceiptPrinterEncoder({ language, columns, codepageMapping, newline: "\n", feedBeforeCut: 4, errors: "relaxed" });
}

function write(encoder: ReceiptPrinterEncoder, line: PaperLine): void {
  if (line.kind === "code") {
    encoder.align("center").qrcode(line.text, { model: 2, size: 6, errorlevel: "m" }).align("left");
    return;
  }
  const { text, isCentered, isBold, isBig } = line;
  encoder.align(isCentered ? "center" : "left").bold(isBold);
  encoder.size(isBig ? 2 : 1, isBig ? 2 : 1).line(text.replaceAll(NO_BREAK, " "));
  encoder.size(1, 1).bold(false).align("left");
}

/** Before it is laid out: `œ` is one sign on one printer and two on another. A code is read by machines, and stays. */
function inSignsOf(row: PaperRow, codePage: CodePage): PaperRow {
  switch (row.kind) {
    case "text":
      return { ...row, text: printable(row.text, codePage) };
    case "pair":
      return { ...row, left: printable(row.left, codePage), right: printable(row.right, codePage) };
    case "cells":
      return { ...row, cells: row.cells.map((cell) => printable(cell, codePage)) };
    default:
      return row;
  }
}
