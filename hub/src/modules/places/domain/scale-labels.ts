/**
 * How the scales of a store write their labels: 13 places of an EAN-13. Digits stand for themselves, `I` for the number of the goods, `P` for the price
 * in minor units, `W` for grams, `V` for the check digit of price or weight, `C` for that of the whole code.
 */
export type LabelPattern = { readonly text: string; readonly value: "price" | "weight" };

/** Prefix, number of the goods, price or weight, with or without its check digit. */
const PATTERN = /^2\d(I{4,6})(V?)([PW])\3{3,4}C$/;

/** What most scales are set to when nobody says otherwise: 21 for weights, 22 and 23 for prices. */
const USUAL = "21IIIIIWWWWWC 22IIIIIPPPPPC 23IIIIIPPPPPC";

/** Countries whose scales usually check the price, too: a starting point, the setting of a store says what its own print. */
const OF_COUNTRY: Readonly<Record<string, string>> = {
  DE: "21IIIIIWWWWWC 22IIIIVPPPPPC 28IIIIIWWWWWC",
  GB: "20IIIIIVPPPPC 21IIIIIWWWWWC",
  IE: "20IIIIIVPPPPC 21IIIIIWWWWWC",
};

/** Reads the patterns of a setting, with blanks between; undefined where one is none, or two begin alike and would read one label twice. */
export function readLabelPatterns(text: string): readonly LabelPattern[] | undefined {
  const patterns = text
    .split(/\s+/)
    .filter((one) => one !== "")
    .map((one): LabelPattern | undefined => {
      const letter = one.length === 13 ? PATTERN.exec(one)?.[3] : undefined;
      return letter === undefined ? undefined : { text: one, value: letter === "P" ? "price" : "weight" };
    });
  const known = patterns.filter((one) => one !== undefined);
  const prefixes = new Set(known.map(({ text: own }) => own.slice(0, 2)));
  return known.length === patterns.length && prefixes.size === known.length ? known : undefined;
}

/** The patterns of a place: its own, else those that are usual in its country [PLA-12]. */
export function labelPatternsOf(setting: string, country: string): string[] {
  const own = readLabelPatterns(setting) ?? [];
  const patterns = own.length > 0 ? own : (readLabelPatterns(OF_COUNTRY[country] ?? USUAL) ?? []);
  return patterns.map(({ text }) => text);
}
