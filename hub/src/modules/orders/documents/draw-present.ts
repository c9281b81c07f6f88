import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locale } from "@weft/contracts";
import Pdf from "pdfkit";
import { drawCode, QR_SIDE } from "./draw-codes.ts";
import { BOLD_FONT, BOTTOM, INK, MARGIN, QUIET, REGULAR_FONT, WIDTH, type DocumentBrand } from "./sheet.ts";

/** What goes with a present, in words that are written already: a page without one amount. */
export type PrintedPresent = {
  readonly language: Locale;
  readonly at: Date;
  readonly title: string;
  readonly head: readonly string[];
  readonly lines: readonly { readonly text: string; readonly more: string }[];
  readonly code: { readonly text: string; readonly caption: string };
};

/** Draws a receipt without prices as PDF, A4. */
export async function drawPresent({ language, at, title, head, lines, code }: PrintedPresent, brand: DocumentBrand): Promise<Buffer> {
  const pdf = new Pdf({
    size: "A4",
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: brand.name, Creator: brand.name, CreationDate: at, ModDate: at },
  });
  pdf.registerFont("regular", fontAt(REGULAR_FONT)).registerFont("bold", fontAt(BOLD_FONT));
  pdf.font("bold").fontSize(13).fillColor(brand.accent).text(brand.name, MARGIN, MARGIN);
  pdf.font("bold").fontSize(20).fillColor(INK).text(title, MARGIN, 100);
  pdf.font("regular").fontSize(9).fillColor(QUIET).text(head.join("\n"), { lineGap: 2 });
  pdf.y += 20;
  for (const { text, more } of lines) {
    if (pdf.y + 36 > BOTTOM) {
      pdf.addPage();
      pdf.y = MARGIN;
    }
    pdf.fontSize(10).fillColor(INK).text(text, MARGIN, pdf.y, { width: WIDTH });
    if (more !== "") pdf.fontSize(8).fillColor(QUIET).text(more, { width: WIDTH });
    pdf.y += 6;
  }
  if (pdf.y + QR_SIDE + 60 > BOTTOM) {
    pdf.addPage();
    pdf.y = MARGIN;
  }
  const top = pdf.y + 20;
  drawCode(pdf, code.text, MARGIN, top);
  pdf
    .font("regular")
    .fontSize(9)
    .fillColor(QUIET)
    .text(code.caption, MARGIN, top + QR_SIDE + 8, { width: WIDTH });
  pdf.end();
  const parts: Uint8Array[] = [];
  for await (const part of pdf) parts.push(part as Uint8Array); // a PDF is a stream of bytes
  return Buffer.concat(parts);
}

const fontAt = (url: string): Buffer => readFileSync(fileURLToPath(url));
