import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Pdf from "pdfkit";
import { formatsOf } from "./formats.ts";
import { drawLines } from "./draw-lines.ts";
import { drawCodes } from "./draw-codes.ts";
import { drawSums } from "./draw-sums.ts";
import { BOLD_FONT, BOTTOM, INK, MARGIN, QUIET, REGULAR_FONT, RULE, WIDTH, type DocumentBrand, type Drawn, type Sheet } from "./sheet.ts";
import { DOCUMENT_WORDS } from "./words.ts";

const font = (url: string): Buffer => readFileSync(fileURLToPath(url));
/** Read once: 0.7 MB. */
let fonts: { readonly regular: Buffer; readonly bold: Buffer } | undefined;

/**
 * Draws a document as PDF, A4, in its own language. It is drawn from what was kept when it was numbered and has its date for the PDF's own,
 * so the same document gives the same bytes each time [DOC-4].
 */
export async function drawDocument(document: Drawn, brand: DocumentBrand): Promise<Buffer> {
  fonts ??= { regular: font(REGULAR_FONT), bold: font(BOLD_FONT) };
  const words = DOCUMENT_WORDS[document.language];
  const { seller } = document.data;
  const title = `${words.title[document.kind]} ${document.number}`;
  const pdf = new Pdf({
    size: "A4",
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    bufferPages: true,
    lang: document.language,
    displayTitle: true,
    info: { Title: title, Author: seller.name, Creator: brand.name, CreationDate: document.issuedAt, ModDate: document.issuedAt },
    font: fonts.regular as unknown as string, // its types know names only; it takes the bytes of a font as well
  });
  pdf.registerFont("regular", fonts.regular).registerFont("bold", fonts.bold);
  const sheet: Sheet = { pdf, document, words, formats: formatsOf(document.language, document.currency), accent: brand.accent };
  drawHead(sheet, brand);
  drawLines(sheet);
  drawSums(sheet);
  drawCodes(sheet);
  drawFeet(sheet);
  pdf.end();
  const parts: Uint8Array[] = [];
  for await (const part of pdf) parts.push(part as Uint8Array); // a PDF is a stream of bytes
  return Buffer.concat(parts);
}

/** Who sells, which document this is, and for whom. */
function drawHead(sheet: Sheet, brand: DocumentBrand): void {
  const { pdf, document, words, formats, accent } = sheet;
  const { data, buyerName, buyerAddress } = document;
  const half = WIDTH / 2;
  pdf.font("bold").fontSize(13).fillColor(accent).text(brand.name, MARGIN, MARGIN, { width: half });
  const vat = (id: string | null) => (id ? [`${words.vatId} ${id}`] : []);
  const seller = [data.seller.name, ...formats.address(data.seller.address, data.seller.country), ...vat(data.seller.vatId)];
  pdf
    .font("regular")
    .fontSize(8.5)
    .fillColor(QUIET)
    .text(seller.join("\n"), MARGIN + half, MARGIN, { width: half, align: "right", lineGap: 1.5 });
  const sellerEnd = pdf.y;
  pdf
    .font("bold")
    .fontSize(20)
    .fillColor(INK)
    .text(words.title[document.kind], MARGIN, Math.max(sellerEnd + 18, 120), { width: WIDTH });
  const top = pdf.y + 10;
  const facts = factsOf(sheet);
  pdf.fontSize(9);
  let y = top;
  for (const [name, value] of facts) {
    pdf.font("regular").fillColor(QUIET).text(name, MARGIN, y, { width: 112 });
    const nameEnd = pdf.y;
    pdf.fillColor(INK).text(value, MARGIN + 118, y, { width: half - 118 + 20 });
    y = Math.max(nameEnd, pdf.y) + 3;
  }
  const buyer = data.company
    ? [data.company.name, ...formats.address(data.company.address, data.company.country), ...vat(data.company.vatNumber)]
    : buyerName
      ? [buyerName, ...(buyerAddress ? formats.address(buyerAddress, buyerAddress.country) : [])]
      : [];
  if (buyer.length > 0) {
    pdf
      .font("regular")
      .fillColor(QUIET)
      .text(words.billTo, MARGIN + half + 40, top, { width: half - 40 });
    pdf.fillColor(INK).text(buyer.join("\n"), MARGIN + half + 40, pdf.y + 3, { width: half - 40, lineGap: 1.5 });
    y = Math.max(y, pdf.y);
  }
  pdf.y = y + 20;
}

/** Numbers, days and the place, each with its name. */
function factsOf({ document, words, formats }: Sheet): readonly (readonly [string, string])[] {
  const { orderNumber, orderDate, place, reverses, month, receipt } = document.data;
  const facts: [string, string][] = [[words.number, document.number]];
  if (document.kind !== "confirmation") facts.push([words.issued, formats.day(document.businessDate)]);
  if (document.validUntil) facts.push([words.validUntil, formats.day(document.validUntil)]);
  else if (month) facts.push([words.month, formats.month(month.month)], [words.payBy, formats.day(month.payBy)]);
  else {
    if (document.kind !== "confirmation") facts.push([words.order, orderNumber]);
    facts.push([words.ordered, formats.day(orderDate)]);
  }
  // Its country is that of the seller above.
  if (place) facts.push([words.place, [place.name, ...formats.address(place.address, place.country).slice(0, -1)].join(", ")]);
  if (reverses) facts.push([words.reverses, reverses]);
  if (receipt) facts.push([words.title.receipt, receipt]);
  return facts;
}

/** The foot of every page, when it is known how many there are. */
function drawFeet({ pdf, document, words }: Sheet): void {
  const { start, count } = pdf.bufferedPageRange();
  const { seller } = document.data;
  const left = [seller.name, seller.vatId && `${words.vatId} ${seller.vatId}`, document.number].filter(Boolean).join(" · ");
  for (let index = 0; index < count; index++) {
    pdf.switchToPage(start + index);
    const y = BOTTOM + 34;
    pdf
      .moveTo(MARGIN, y - 8)
      .lineTo(MARGIN + WIDTH, y - 8)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke();
    pdf.font("regular").fontSize(7.5).fillColor(QUIET);
    pdf.text(left, MARGIN, y, { width: WIDTH - 90, height: 10, ellipsis: true, lineBreak: false });
    pdf.text(words.page(index + 1, count), MARGIN + WIDTH - 90, y, { width: 90, align: "right", lineBreak: false });
  }
}
