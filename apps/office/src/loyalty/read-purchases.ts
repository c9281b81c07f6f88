import { currencyExponent } from "@weft/kernel";
import type { BodyOf } from "@weft/contracts/client";
import { cellsOf } from "../common/csv.ts";
import { typedMoney } from "../common/typed-money.ts";

export type PurchaseInput = BodyOf<"loyalty.importPartnerPurchases">["items"][number];
/** A line of a partner's file, as it is or as what cannot be taken. */
export type PurchaseLine = { readonly line: number; readonly text: string; readonly purchase: PurchaseInput | null };

const COLUMNS = 3;

/**
 * Reads a partner's purchases from CSV: its own reference, the card number, and what was paid in major units with a point or a comma. Semicolon, tab or
 * comma between them; a first line that is no purchase is a header.
 */
export function readPurchases(text: string, currency: string): PurchaseLine[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const separator = [";", "\t", ","].find((each) => (lines[0] ?? "").split(each).length >= COLUMNS) ?? ",";
  const read = lines.flatMap((line, index) => (line.trim() === "" ? [] : [toPurchase(line, { separator, currency, line: index + 1 })]));
  return read[0]?.purchase === null && read[0].line === 1 ? read.slice(1) : read;
}

type Place = { readonly separator: string; readonly currency: string; readonly line: number };

function toPurchase(text: string, { separator, currency, line }: Place): PurchaseLine {
  const [reference = "", shown = "", paid = ""] = cellsOf(text, separator);
  const card = shown.replaceAll(/[\s-]/g, "");
  const read = typedMoney(paid, currencyExponent(currency));
  const amount = read.kind === "amount" ? read.amount : null;
  const isWhole = reference.length > 0 && reference.length <= 80 && card.length >= 16 && amount !== null;
  return { line, text, purchase: isWhole ? { reference, card, amount } : null };
}
