const LETTERS: Readonly<Record<string, string>> = { ł: "l", ø: "o", ß: "ss", æ: "ae", œ: "oe", đ: "d", ð: "d", þ: "th", ı: "i" };
const PLAIN = /^[a-z0-9 ]*$/;

/** Lower case without accents; what is neither letter nor digit becomes one space. `Müller-Lüdenscheidt` gives `muller ludenscheidt`. */
export function fold(text: string): string {
  const lower = text.trim().toLowerCase();
  if (PLAIN.test(lower) && !lower.includes("  ")) return lower;
  return lower
    .normalize("NFKD")
    .replaceAll(/\p{M}+|(?<=\p{L})['’`´](?=\p{L})/gu, "")
    .replaceAll(/[łøßæœđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const TITLES = new Set(
  (
    "sir lady lord dame mr mrs ms miss mister dr prof professor rev reverend hon captain capt major colonel col sergeant saint st " +
    "jr sr ii iii iv baron baroness baronet earl duke viscount marquess count countess of the and " +
    "herr frau dipl ing mag freiherr graf von zu " +
    "m mme mlle monsieur madame mademoiselle maitre dr dra le la les du des de " +
    "sra srta don dona senyor senyora en na el del dos das da do y i van der den 1st 2nd 3rd"
  ).split(" "),
);
const ORDINAL = /^\d+(st|nd|rd|th)?$/;

/** Words of a name that say who it is: without titles, ranks and particles, unless nothing else is left. */
export function nameWords(folded: string): string[] {
  const words = folded.split(" ").filter((word) => word !== "");
  const telling = words.filter((word) => !TITLES.has(word) && !ORDINAL.test(word));
  return telling.length > 0 ? telling : words;
}

/**
 * How a name sounds, roughly, in English, French, German, Catalan, Spanish and in the Latin spellings of Slavic names: a skeleton of
 * consonants in which spellings of one sound are one letter. `Schmidt`, `Schmitt` and `Smith` give `smt`.
 */
export function soundOf(folded: string): string {
  const said = folded
    .replaceAll(/[^a-z]/g, "")
    .replace(/^(kn|gn|pn|wr|ps)/, (pair) => pair.slice(1))
    .replaceAll(/t?sch|tch|shch|tsh|tz|ts|sz|cz|sh|zh|ch(?=[ei])|tx|ix(?!$)|x(?=[aeiou])/g, "s")
    .replaceAll(/ph/g, "f")
    .replaceAll(/ck|ch|kh|qu|q|c(?![eiy])/g, "k")
    .replaceAll(/x/g, "ks")
    .replaceAll(/[cz]/g, "s")
    .replaceAll(/dt|th|d(?=$)/g, "t")
    .replaceAll(/ill|ly|lh/g, "l")
    .replaceAll(/gn|ny|nh/g, "n")
    .replaceAll(/[wb]/g, "v")
    .replaceAll(/[yj]/g, "i");
  const first = said.charAt(0);
  const start = "aeiouh".includes(first) ? "a" : first;
  const rest = said.slice(1).replaceAll(/[aeiouhg]/g, "");
  return (start + rest).replaceAll(/(.)\1+/g, "$1");
}
