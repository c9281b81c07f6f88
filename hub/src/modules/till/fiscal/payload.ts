import type {
  ArchiveDocument,
  ClosingDocument,
  DuplicateDocument,
  EventDocument,
  FiscalEntry,
  TaxLine,
  TicketFacts,
  Totals,
} from "./types.ts";
import { rateOf } from "./totals.ts";

/** An entry before it is signed. */
export type Unsigned = Omit<FiscalEntry, "payload" | "bodyHash" | "sig">;

/**
 * The signed string of an entry: fields joined by commas in the order of the certified implementations that it is taken from (format
 * "2.1_4.0"), amounts in minor units. An empty VAT split is `0:0`; `Y` marks the first entry of a chain.
 */
export function payloadOf(entry: Unsigned): string {
  return fieldsOf(entry).join(",");
}

function fieldsOf(entry: Unsigned): readonly (string | number)[] {
  const { document } = entry.body;
  const link = [entry.prevSig === "" ? "Y" : "N", entry.prevSig];
  switch (entry.type) {
    case "event":
      return [...eventFields(entry, document as EventDocument), ...link]; // the type says what the document is
    case "duplicate":
      return [...duplicateFields(entry, document as DuplicateDocument), ...link]; // as above
    case "archive":
      return [...archiveFields(entry, document as ArchiveDocument), ...link]; // as above
    case "shift":
    case "day":
    case "month":
    case "year":
      return [...closingFields(entry, document as ClosingDocument), ...link]; // as above
    default:
      return [...ticketFields(entry, document as TicketFacts), ...link]; // as above
  }
}

function ticketFields({ ts, register, seq, type }: Unsigned, { taxes, total }: TicketFacts) {
  // A bill before payment shows no VAT split [R8].
  return [type === "bill" ? NO_SPLIT : splitOf(taxes), total, ts, register, seq, type];
}

function eventFields({ seq, ts, operator, register }: Unsigned, { code, message }: EventDocument) {
  return [seq, code, plain(message), ts, operator ?? "", register];
}

function duplicateFields({ register, seq, type, operator, ts }: Unsigned, { copy, of }: DuplicateDocument) {
  return [register, seq, type, copy, operator ?? "", ts, of.register, of.seq];
}

function archiveFields({ ts, register }: Unsigned, { totals }: ArchiveDocument) {
  return [splitOfTotals(totals), totals.net, ts, register, "Archive"];
}

function closingFields({ ts, seq }: Unsigned, { totals, perpetual, period, key, from, to }: ClosingDocument) {
  const span = period === "month" || period === "year" ? `${from}|${to}` : key;
  return [splitOfTotals(totals), totals.net, perpetual.absolute, ts, span, seq];
}

const NO_SPLIT = "0:0";

/** `2000:1200|550:1055`: rate in hundredths of a percent and the amount including tax, the highest rate first. */
function splitOf(taxes: readonly TaxLine[]): string {
  const byRate = new Map<string, number>();
  for (const { rate, gross } of taxes) byRate.set(rateOf(rate), (byRate.get(rateOf(rate)) ?? 0) + gross);
  return splitText([...byRate]);
}

function splitOfTotals({ byRate }: Totals): string {
  return splitText(Object.entries(byRate).map(([rate, { net }]) => [rate, net]));
}

function splitText(split: readonly (readonly [rate: string, amount: number])[]): string {
  if (split.length === 0) return NO_SPLIT;
  const sorted = split.toSorted(([a], [b]) => hundredthsOf(b) - hundredthsOf(a) || (a < b ? -1 : 1));
  return sorted.map(([rate, amount]) => `${rate}:${amount}`).join("|");
}

function hundredthsOf(rate: string): number {
  const [numerator = 0, denominator = 1] = rate.split("/").map(Number);
  return rate.includes("/") ? (10_000 * numerator) / denominator : numerator;
}

/** A text inside of a signed string has none of the signs that part it. */
const plain = (text: string): string => text.replaceAll(/[,|\r\n]+/g, " ").trim();
