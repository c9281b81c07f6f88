import { BOTTOM, INK, MARGIN, QUIET, RULE, WIDTH, type Sheet } from "./sheet.ts";
import type { DocumentLine } from "./plan.ts";

type Column = { readonly x: number; readonly width: number; readonly align: "left" | "right" };

/** What was sold takes what the figures leave. */
const COLUMNS = columns([0, 62, 92, 44, 84]);
const [ITEM, QUANTITY, PRICE, RATE, AMOUNT] = COLUMNS as [Column, Column, Column, Column, Column]; // one per width

function columns([, ...widths]: readonly number[]): Column[] {
  const item = WIDTH - widths.reduce((sum, width) => sum + width, 0);
  let x = MARGIN + item;
  return [
    { x: MARGIN, width: item - 10, align: "left" },
    ...widths.map((width): Column => {
      const column = { x, width, align: "right" } as const;
      x += width;
      return column;
    }),
  ];
}

/** The table of lines. A row never breaks over pages; each page has the head of the table again. */
export function drawLines(sheet: Sheet): void {
  drawTableHead(sheet);
  for (const line of sheet.document.data.lines) {
    if (sheet.pdf.y + heightOf(sheet, line) > BOTTOM) nextPage(sheet);
    drawLine(sheet, line);
  }
}

function nextPage(sheet: Sheet): void {
  const { pdf, words } = sheet;
  pdf
    .font("regular")
    .fontSize(7.5)
    .fillColor(QUIET)
    .text(words.carriedOver, MARGIN, BOTTOM + 6, { width: WIDTH, align: "right", lineBreak: false });
  pdf.addPage();
  pdf.y = MARGIN;
  drawTableHead(sheet);
}

function drawTableHead({ pdf, words, document: { data } }: Sheet): void {
  const { y } = pdf;
  pdf.font("regular").fontSize(8).fillColor(QUIET);
  const names = [words.item, words.quantity, words.unitPrice, words.rate, data.taxIncluded ? words.amount : words.amountNet];
  const heights = [ITEM, QUANTITY, PRICE, RATE, AMOUNT].map((column, index) => {
    pdf.text(names[index] ?? "", column.x, y, { width: column.width, align: column.align });
    return pdf.y;
  });
  const end = Math.max(...heights) + 4;
  pdf
    .moveTo(MARGIN, end)
    .lineTo(MARGIN + WIDTH, end)
    .lineWidth(0.75)
    .strokeColor(INK)
    .stroke();
  pdf.y = end + 6;
}

const ROW_GAP = 7;

function heightOf({ pdf }: Sheet, { name, options }: DocumentLine): number {
  const height = pdf.font("regular").fontSize(9).heightOfString(name, { width: ITEM.width });
  const beside = options.length === 0 ? 0 : pdf.fontSize(7.5).heightOfString(options.join(" · "), { width: ITEM.width });
  return height + beside + ROW_GAP;
}

function drawLine(sheet: Sheet, line: DocumentLine): void {
  const { pdf, formats, document } = sheet;
  const { y } = pdf;
  const end = y + heightOf(sheet, line);
  pdf.font("regular").fontSize(9).fillColor(INK).text(line.name, ITEM.x, y, { width: ITEM.width });
  if (line.options.length > 0) pdf.fontSize(7.5).fillColor(QUIET).text(line.options.join(" · "), ITEM.x, pdf.y, { width: ITEM.width });
  pdf.fontSize(9).fillColor(INK);
  const cell = (column: Column, text: string) =>
    pdf.text(text, column.x, y, { width: column.width, align: column.align, lineBreak: false });
  cell(QUANTITY, line.kind === "delivery" ? "" : formats.quantity(line));
  cell(PRICE, line.kind === "delivery" ? "" : formats.unitPrice(line.unitPrice));
  cell(RATE, formats.rate(line.rate));
  cell(AMOUNT, formats.money(document.data.taxIncluded ? line.total : line.net));
  pdf
    .moveTo(MARGIN, end - ROW_GAP / 2)
    .lineTo(MARGIN + WIDTH, end - ROW_GAP / 2)
    .lineWidth(0.4)
    .strokeColor(RULE)
    .stroke();
  pdf.y = end;
}
