export const NEEDED_COLUMNS = ["reference", "amount", "date"] as const;
export const OPTIONAL_COLUMNS = ["kind", "fee", "currency", "key"] as const;
export type SettlementColumns = {
  readonly [K in (typeof NEEDED_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number]]?: string | undefined;
};

/** As providers call what is looked for, the likeliest first. */
const WORDS: Readonly<Record<keyof SettlementColumns, RegExp>> = {
  reference: /^(payment.?intent|psp.?reference|merchant.?reference|reference|referenz|référence|source|order)/i,
  amount: /^(gross|amount|betrag|brutto|montant|import)/i,
  date: /^(settle|available|date|datum|created|booking|data)/i,
  kind: /^(type|reporting.?category|category|art|record)/i,
  fee: /^(fee|fees|commission|gebühr|frais)/i,
  currency: /^(currency|währung|devise|moneda)/i,
  key: /^(balance.?transaction|transaction.?id|id)$/i,
};

/** The names of the columns of a CSV file, as its first line says them. */
export function headerOf(csv: string): string[] {
  const [first = ""] = csv.replace(/^\uFEFF/, "").split(/\r?\n/, 1);
  const delimiter = [";", "\t"].find((one) => first.split(one).length > first.split(",").length) ?? ",";
  return first.split(delimiter).flatMap((name) => {
    const plain = name.trim().replaceAll(/^"|"$/g, "");
    return plain === "" ? [] : [plain];
  });
}

/** Which column is probably what; what nothing fits is left open. */
export function guessColumns(header: readonly string[]): SettlementColumns {
  return Object.fromEntries(
    Object.entries(WORDS).flatMap(([key, words]) => {
      const found = header.find((name) => words.test(name));
      return found === undefined ? [] : [[key, found]];
    }),
  );
}
