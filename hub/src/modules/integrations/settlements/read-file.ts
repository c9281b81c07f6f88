import { parse } from "csv-parse/sync";
import { currencyExponent } from "@weft/kernel";
import type { SettlementLine } from "../../payments/index.ts";
import type { SettledLine } from "../domain/reconcile.ts";

/** A line before it is kept. `lineKey` tells it from all others of its account. */
export type NewLine = SettlementLine;

/** By which columns of a file what is found. */
export type ColumnMap = {
  readonly reference: string;
  readonly amount: string;
  readonly date: string;
  readonly kind?: string | undefined;
  readonly fee?: string | undefined;
  readonly currency?: string | undefined;
  /** The provider's own key of a line; without it all that it says is its key. */
  readonly key?: string | undefined;
};

export type ReadFile = {
  readonly lines: readonly NewLine[];
  readonly refused: readonly { readonly line: number; readonly reason: "broken" | "reference" | "amount" | "date" | "currency" }[];
  /** Columns that the map names and the file does not have. */
  readonly missing: readonly string[];
};

const KINDS: readonly (readonly [RegExp, SettledLine["kind"]])[] = [
  [/refund|reimburs|rembours|erstatt|reembors/i, "refund"],
  [/payout|transfer|auszahl|virement|transferència/i, "payout"],
  [/fee|gebühr|frais|comissi/i, "fee"],
  [/charge|payment|capture|sale|zahlung|paiement|pagament/i, "payment"],
];

/**
 * Reads a provider's list of what it settled, CSV with a header, comma, semicolon or tab. Amounts in major units with a point or a comma; a line
 * without a kind is a payment, or a refund when it is below zero. What cannot be read is named with its line and left out, and stops nothing else.
 */
export function readSettlementFile(text: string, map: ColumnMap, fallbackCurrency: string): ReadFile {
  const rows = rowsOf(text);
  const [header = [], ...body] = rows;
  const at = (name: string | undefined): number => (name === undefined ? -1 : header.findIndex((one) => one.trim() === name));
  const missing = Object.values(map).filter((name): name is string => name !== undefined && at(name) < 0);
  if (missing.length > 0) return { lines: [], refused: [], missing };
  const lines: NewLine[] = [];
  const refused: { line: number; reason: ReadFile["refused"][number]["reason"] }[] = [];
  for (const [index, row] of body.entries()) {
    const cell = (name: string | undefined): string => row[at(name)]?.trim() ?? "";
    const read = readLine(cell, map, fallbackCurrency);
    if (typeof read === "string") refused.push({ line: index + 2, reason: read });
    else lines.push({ ...read, lineKey: cell(map.key) || row.map((one) => one.trim()).join("|") });
  }
  return { lines, refused, missing };
}

function rowsOf(text: string): string[][] {
  const [first = ""] = text.split("\n", 1);
  const delimiter = [";", "\t"].find((one) => first.split(one).length > first.split(",").length) ?? ",";
  return parse(text, { bom: true, delimiter, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: true });
}

type Cell = (name: string | undefined) => string;

function readLine(cell: Cell, map: ColumnMap, fallback: string): Omit<NewLine, "lineKey"> | ReadFile["refused"][number]["reason"] {
  const reference = cell(map.reference);
  if (reference === "") return "reference";
  const currency = (cell(map.currency) || fallback).toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) return "currency";
  const amount = minorUnits(cell(map.amount), currency);
  if (amount === null) return "amount";
  const fee = map.fee === undefined ? 0 : minorUnits(cell(map.fee) || "0", currency);
  if (fee === null) return "amount";
  const settledOn = dayOf(cell(map.date));
  if (settledOn === null) return "date";
  const said = cell(map.kind);
  const kind = KINDS.find(([words]) => words.test(said))?.[1] ?? (said === "" ? (amount < 0 ? "refund" : "payment") : "other");
  return { kind, reference, amount: kind === "refund" ? -Math.abs(amount) : amount, fee, currency, settledOn };
}

/** `1.234,50` and `1,234.50` are the same amount; the last sign with one or two digits behind it parts the whole. */
export function minorUnits(text: string, currency: string): number | null {
  const plain = text.replaceAll(/[\s\u00a0'€$£]|[A-Z]{3}/g, "");
  const found = /^(-?)([\d.,]*?)(?:[.,](\d{1,3}))?$/.exec(plain);
  if (!found || !/\d/.test(plain)) return null;
  const exponent = currencyExponent(currency);
  const [, sign = "", whole = "", part = ""] = found;
  const isThousands = part.length === 3 && exponent < 3;
  const digits = whole.replaceAll(/[.,]/g, "") + (isThousands ? part : "");
  const fraction = isThousands ? "" : part;
  if (fraction.length > exponent) return null;
  const amount = Number(digits || "0") * 10 ** exponent + Number(fraction.padEnd(exponent, "0") || "0");
  return Number.isSafeInteger(amount) ? (sign === "-" ? -amount : amount) : null;
}

/** `2026-03-12`, with or without a time, or `12.03.2026` and `12/03/2026`, the day first. */
function dayOf(text: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  const local = /^(\d{1,2})[./](\d{1,2})[./](\d{4})/.exec(text);
  const day = iso ? iso.slice(1, 4).join("-") : local ? [local[3], local[2]?.padStart(2, "0"), local[1]?.padStart(2, "0")].join("-") : null;
  return day !== null && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? day : null;
}
