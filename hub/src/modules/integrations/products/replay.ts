import { err, ok } from "@weft/kernel";
import type { QuarantineHandler } from "../../touchpoints/index.ts";
import { readFields } from "../import/read-csv.ts";
import { cellsOf } from "./columns.ts";
import { importLine } from "./import-catalog.ts";
import type { KeptLine } from "./put-aside.ts";

/** Takes a line of a catalog from quarantine again, mended or not. */
export const replayProductLine: QuarantineHandler = async (ctx, { raw, context }) => {
  const { line, columns } = context as KeptLine; // what the import wrote beside it
  const fields = readFields(raw);
  if (fields?.length !== columns.length) return err({ code: "broken_line" });
  const done = await importLine(ctx, { number: line, text: raw, cells: cellsOf(fields, columns) });
  return done.ok ? ok(null) : err({ code: done.error.reason, detail: done.error.detail });
};
