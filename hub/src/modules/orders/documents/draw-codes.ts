import { create } from "qrcode";
import { BOTTOM, MARGIN, QUIET, WIDTH, type Sheet } from "./sheet.ts";

/** A square that a phone reads from paper held in the hand: some 30 mm for the hundred and fifty characters of a security device. */
export const QR_SIDE = 86;
const CAPTION = 14;

/** Codes beside each other, with what each is for; kept together on one page. They are drawn as squares, so that print is as sharp as the printer. */
export function drawCodes({ pdf, document: { codes = [] } }: Sheet): void {
  if (codes.length === 0) return;
  if (pdf.y + QR_SIDE + CAPTION + 20 > BOTTOM) {
    pdf.addPage();
    pdf.y = MARGIN;
  }
  const top = pdf.y + 14;
  const room = WIDTH / Math.max(codes.length, 3);
  for (const [index, { text, caption }] of codes.entries()) {
    const left = MARGIN + index * room;
    drawCode(pdf, text, left, top);
    pdf
      .font("regular")
      .fontSize(7)
      .fillColor(QUIET)
      .text(caption, left, top + QR_SIDE + 4, { width: room - 10 });
  }
  pdf.y = top + QR_SIDE + CAPTION + 10;
}

export function drawCode(pdf: PDFKit.PDFDocument, text: string, left: number, top: number): void {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const side = QR_SIDE / modules.size;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) pdf.rect(left + column * side, top + row * side, side, side);
  pdf.fillColor("#000000").fill();
}
