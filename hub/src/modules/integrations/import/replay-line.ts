import { err, ok } from "@weft/kernel";
import type { QuarantineHandler } from "../../touchpoints/index.ts";
import { importInvoices, type KeptLine } from "./import-invoices.ts";
import { readLine } from "./line.ts";
import { readFields } from "./read-csv.ts";

/**
 * Takes a line from quarantine again, mended or not. Its invoice was written without it and stays as it is, so the line becomes a document
 * of its own, numbered by its key: `536365/3` [IMP-3].
 */
export const replayOrderLine: QuarantineHandler = async (ctx, { raw, context }) => {
  const { key, number, columns, house } = context as KeptLine; // what the import wrote beside it
  const read = readLine(readFields(raw) ?? [], columns, house.currency);
  if (!read.ok) return err({ code: read.error.reason, detail: read.error.detail });
  const line = { key, number, columns, raw, file: "quarantine", line: read.value };
  const { refused } = await importInvoices(ctx, house, [{ id: key, lines: [line], refused: [] }]);
  return refused[0] ? err({ code: refused[0].reason, detail: refused[0].detail }) : ok(null);
};
