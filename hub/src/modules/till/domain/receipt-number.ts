/**
 * What the receipt numbers of a place's registers may begin with, the shortest first: `lyon-bellecour` gives LYB, LYOB, LYONB…
 * The first that no other place has is taken, and a register's number follows: LYB1.
 */
export function receiptPrefixes(placeCode: string): readonly string[] {
  const words = placeCode
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter((word) => word !== "");
  const [first = "TILL", ...others] = words;
  const tail = others.map((word) => word.charAt(0)).join("");
  const lengths = Array.from({ length: Math.max(1, first.length - 1) }, (_, n) => n + 2);
  return [...new Set([...lengths.map((length) => first.slice(0, length) + tail), words.join("")])].filter((prefix) => prefix !== "");
}

/** Where a ticket stands by its number, `LYB1-000123` or `LYB1-X000004` of a training; undefined for what is no such number. */
export function placeOfNumber(number: string): { readonly register: string; readonly chain: "T" | "X"; readonly seq: number } | undefined {
  const [, register, training, seq] = /^(.+)-(X?)(\d{6,})$/.exec(number) ?? [];
  return register === undefined ? undefined : { register, chain: training === "X" ? "X" : "T", seq: Number(seq) };
}
