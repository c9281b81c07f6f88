import { BOTTOM, INK, MARGIN, QUIET, WIDTH, type Sheet } from "./sheet.ts";

const LINE = 15;
/** Where the names of sums begin: right of the middle, above their amounts. */
const NAMES = MARGIN + WIDTH * 0.34;
const AMOUNTS = 84;

/** Discounts, total, tax by rate and what was paid with; kept together on one page. */
export function drawSums(sheet: Sheet): void {
  const { pdf, document, words, formats } = sheet;
  const { data, kind } = document;
  const rows = 4 + data.taxes.length + data.tenders.length;
  if (pdf.y + rows * LINE + 40 > BOTTOM) {
    pdf.addPage();
    pdf.y = MARGIN;
  }
  pdf.y += 6;
  if (!data.taxIncluded) for (const { rate, tax } of data.taxes) drawRow(sheet, `${words.tax} ${formats.rate(rate)}`, formats.money(tax));
  drawRow(sheet, kind === "credit_note" ? words.credited : words.total, formats.money(data.total), true);
  if (data.discount > 0) drawRow(sheet, words.discount, `−${formats.money(data.discount)}`);
  pdf.y += 8;
  drawTaxes(sheet);
  pdf.y += 8;
  for (const { kind: tender, amount, isDue } of data.tenders) {
    const name = isDue
      ? tender === "account"
        ? words.toPay
        : words.due
      : `${words.paidBy}: ${words.tender[tender] ?? words.tender["other"]}`;
    drawRow(sheet, name, formats.money(amount));
  }
  const notes = [
    ...(data.taxIncluded ? [words.including] : []),
    ...(kind === "confirmation" ? [words.notAnInvoice] : []),
    ...(kind === "quote" ? [words.quoteHolds] : []),
  ];
  pdf
    .font("regular")
    .fontSize(8)
    .fillColor(QUIET)
    .text(notes.join(" "), MARGIN, pdf.y + 12, { width: WIDTH });
  drawVouchers(sheet);
}

function drawVouchers({ pdf, document: { vouchers = [] } }: Sheet): void {
  for (const line of vouchers) {
    const height = pdf.font("regular").fontSize(7).heightOfString(line, { width: WIDTH });
    if (pdf.y + height + 6 > BOTTOM) {
      pdf.addPage();
      pdf.y = MARGIN;
    }
    pdf.fillColor(QUIET).text(line, MARGIN, pdf.y + 4, { width: WIDTH });
  }
}

function drawRow({ pdf }: Sheet, name: string, amount: string, isStrong = false): void {
  const { y } = pdf;
  const width = MARGIN + WIDTH - AMOUNTS - NAMES;
  pdf
    .font(isStrong ? "bold" : "regular")
    .fontSize(isStrong ? 11 : 9)
    .fillColor(INK);
  pdf.text(name, NAMES, y, { width, align: "right" });
  const end = pdf.y;
  pdf.text(amount, MARGIN + WIDTH - AMOUNTS, y, { width: AMOUNTS, align: "right", lineBreak: false });
  pdf.y = Math.max(end, y + LINE - 3) + 3;
}

/** What each rate came to: net, tax and gross. */
function drawTaxes({ pdf, document, words, formats }: Sheet): void {
  const widths = [60, AMOUNTS, AMOUNTS, AMOUNTS];
  const row = (texts: readonly string[], color: string) => {
    const { y } = pdf;
    let x = MARGIN + WIDTH;
    pdf.font("regular").fontSize(8).fillColor(color);
    for (let index = texts.length - 1; index >= 0; index--) {
      x -= widths[index] ?? 0;
      pdf.text(texts[index] ?? "", x, y, { width: widths[index] ?? 0, align: "right", lineBreak: false });
    }
    pdf.y = y + 13;
  };
  row([words.tax, words.net, words.tax, words.gross], QUIET);
  for (const { rate, net, tax, gross } of document.data.taxes)
    row([formats.rate(rate), formats.money(net), formats.money(tax), formats.money(gross)], INK);
}
