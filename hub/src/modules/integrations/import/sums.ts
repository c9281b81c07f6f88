import { exactValue, isReturn, type SourceLine } from "./line.ts";

/** Net value of lines in ten-thousandths of the minor unit: sales less returns, each in its own month; all guests count as one. */
export type NetValue = {
  readonly total: bigint;
  /** By `2011-01`. */
  readonly byMonth: ReadonlyMap<string, bigint>;
  /** By the source's own id; the empty one is the guests. */
  readonly byCustomer: ReadonlyMap<string, bigint>;
};

/** A part of a net value. `customer` is the source's own id, empty for guests. */
export type Sum = { readonly month: string; readonly customer: string; readonly value: bigint };

/** What a line of the file adds: returns count against their own month. */
export function sumOfLine(line: SourceLine): Sum {
  return {
    month: line.localTime.slice(0, 7),
    customer: line.customer ?? "",
    value: isReturn(line.invoice) ? -exactValue(line) : exactValue(line),
  };
}

/** Adds up parts of a net value, as they come. */
export function netSums(): { add(sum: Sum): void; value(): NetValue } {
  const byMonth = new Map<string, bigint>();
  const byCustomer = new Map<string, bigint>();
  let total = 0n;
  return {
    add({ month, customer, value }) {
      total += value;
      plus(byMonth, month, value);
      plus(byCustomer, customer, value);
    },
    value: () => ({ total, byMonth, byCustomer }),
  };
}

function plus(sums: Map<string, bigint>, key: string, value: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + value);
}

/** Where two values differ, in words; empty when they are the same at full scale [IMP-4]. */
export function differences(file: NetValue, books: NetValue): string[] {
  const compare = (what: string, a: ReadonlyMap<string, bigint>, b: ReadonlyMap<string, bigint>) =>
    [...new Set([...a.keys(), ...b.keys()])]
      .filter((key) => (a.get(key) ?? 0n) !== (b.get(key) ?? 0n))
      .map((key) => `${what} ${key || "guests"}`);
  return [
    ...(file.total === books.total ? [] : ["total"]),
    ...compare("month", file.byMonth, books.byMonth),
    ...compare("customer", file.byCustomer, books.byCustomer),
  ];
}
