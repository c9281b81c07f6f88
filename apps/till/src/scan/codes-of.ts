import { formsOfGtin } from "../../../../hub/src/modules/till/domain/index.ts";
import type { Scanned } from "./parse-scan.ts";

/** By what the catalog may know the goods of a scan: the number on them in each of its forms, or the text as it is, which may be a SKU. */
export function codesOf(scanned: Scanned, text: string): readonly string[] {
  if (scanned.kind === "barcode") return [scanned.barcode];
  return scanned.kind === "gs1" ? formsOfGtin(scanned.item.gtin) : [text.trim()];
}
