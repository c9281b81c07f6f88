/** What makes a text a VAT number of a country: its form after the prefix, and its check digits where the rule is public. */
type VatRule = { readonly form: RegExp; readonly checks?: (digits: string) => boolean };

export type VatProblem = "form" | "check_digits" | "other_country";

/** Countries whose numbers begin with something else than their code: Greece. */
const PREFIXES: Readonly<Record<string, string>> = { GR: "EL" };

const at = (text: string, index: number): number => Number(text[index]);

/** The sum of the digits times their weights. */
const weigh = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * at(digits, index), 0);

/** Luhn's formula, the check digit last. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const doubled = at(digits, digits.length - 1 - index) * (index % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** ISO 7064, MOD 11,10. */
function isMod1110(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === at(digits, digits.length - 1);
}

/** Modulo 11 over all but the last digit: 11 less the rest is that digit, 10 and 11 count as `beyond`. */
function isMod11(digits: string, weights: readonly number[], beyond = 0): boolean {
  const check = 11 - (weigh(digits, weights) % 11);
  return (check > 9 ? (check === 11 ? 0 : beyond) : check) === at(digits, digits.length - 1);
}

function isAustrian(text: string): boolean {
  const digits = text.slice(1);
  const sum = [0, 1, 2, 3, 4, 5, 6].reduce((total, index) => {
    const doubled = at(digits, index) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 4);
  return (10 - (sum % 10)) % 10 === at(digits, 7);
}

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

/** A person's number (DNI, NIE) has a letter for its rest by 23, a company's a Luhn-like check as digit or letter. */
function isSpanish(text: string): boolean {
  const person = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(text);
  if (person) {
    const [, first = "", digits = "", letter] = person;
    if (digits.length !== (first === "" ? 8 : 7)) return false;
    return DNI_LETTERS[Number(`${first === "" ? "" : "XYZ".indexOf(first)}${digits}`) % 23] === letter;
  }
  const [, digits = "", check = ""] = /^[A-HJ-NP-SUVW](\d{7})([0-9A-J])$/.exec(text) ?? [];
  const sum = [...digits].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  const rest = (10 - (sum % 10)) % 10;
  return check === String(rest) || check === "JABCDEFGHI"[rest];
}

/** The old key is computed from the SIREN, whose last digit is Luhn's; the key of newer numbers has letters, whose rule is not published. */
function isFrench(text: string): boolean {
  const [key, siren] = [text.slice(0, 2), text.slice(2)];
  return isLuhn(siren) && (!/^\d\d$/.test(key) || Number(key) === (12 + 3 * (Number(siren) % 97)) % 97);
}

/** Modulo 11 as before 2020, or modulo 97 over the whole with its letters as numbers. */
function isDutch(text: string): boolean {
  const old = weigh(text, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  const spelled = [...`NL${text}`].map((sign) => (/\d/.test(sign) ? sign : String(sign.charCodeAt(0) - 55))).join("");
  return old === at(text, 8) || BigInt(spelled) % 97n === 1n;
}

function isIrish(text: string): boolean {
  const [, digits = "", letter = "", second = ""] = /^(\d{7})([A-W])([A-I]?)$/.exec(text) ?? [];
  const rest = (weigh(digits, [8, 7, 6, 5, 4, 3, 2]) + (second === "" ? 0 : 9 * (second.charCodeAt(0) - 64))) % 23;
  return (rest === 0 ? "W" : String.fromCharCode(64 + rest)) === letter;
}

function isBritish(text: string): boolean {
  const sum = weigh(text, [8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
  return sum === 0 || sum === 42;
}

const digits = (count: number | string): RegExp => new RegExp(`^\\d{${count}}$`);

/** One row per country; of one that is not here anything that could be a number is taken. */
const RULES: Readonly<Record<string, VatRule>> = {
  AD: { form: /^[A-Z]\d{6}[A-Z]$/ },
  AT: { form: /^U\d{8}$/, checks: isAustrian },
  BE: { form: /^[01]\d{9}$/, checks: (text) => 97 - (Number(text.slice(0, 8)) % 97) === Number(text.slice(8)) },
  BG: { form: digits("9,10") },
  CH: { form: digits(9), checks: (text) => isMod11(text, [5, 4, 3, 2, 7, 6, 5, 4], -1) },
  CY: { form: /^\d{8}[A-Z]$/ },
  CZ: { form: digits("8,10") },
  DE: { form: /^[1-9]\d{8}$/, checks: isMod1110 },
  DK: { form: digits(8), checks: (text) => weigh(text, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 },
  EE: { form: digits(9), checks: (text) => (10 - (weigh(text, [3, 7, 1, 3, 7, 1, 3, 7]) % 10)) % 10 === at(text, 8) },
  ES: { form: /^[0-9A-Z]\d{7}[0-9A-Z]$/, checks: isSpanish },
  FI: { form: digits(8), checks: (text) => isMod11(text, [7, 9, 10, 5, 8, 4, 2], -1) },
  FR: { form: /^[0-9A-HJ-NP-Z]{2}\d{9}$/, checks: isFrench },
  GB: { form: /^(\d{9}|\d{12})$/, checks: isBritish },
  GR: { form: digits(9), checks: (text) => (weigh(text, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === at(text, 8) },
  HR: { form: digits(11), checks: isMod1110 },
  HU: { form: digits(8), checks: (text) => (10 - (weigh(text, [9, 7, 3, 1, 9, 7, 3]) % 10)) % 10 === at(text, 7) },
  IE: { form: /^\d{7}[A-W][A-I]?$|^\d[A-Z+*]\d{5}[A-W]$/, checks: (text) => !/^\d{7}/.test(text) || isIrish(text) },
  IT: { form: digits(11), checks: isLuhn },
  LT: { form: /^(\d{9}|\d{12})$/ },
  LU: { form: digits(8), checks: (text) => Number(text.slice(0, 6)) % 89 === Number(text.slice(6)) },
  LV: { form: digits(11) },
  MT: { form: digits(8), checks: (text) => 37 - (weigh(text, [3, 4, 6, 7, 8, 9]) % 37) === Number(text.slice(6)) },
  NL: { form: /^\d{9}B\d{2}$/, checks: isDutch },
  NO: { form: digits(9), checks: (text) => isMod11(text, [3, 2, 7, 6, 5, 4, 3, 2], -1) },
  PL: { form: digits(10), checks: (text) => weigh(text, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === at(text, 9) },
  PT: { form: digits(9), checks: (text) => isMod11(text, [9, 8, 7, 6, 5, 4, 3, 2]) },
  RO: { form: digits("2,10") },
  SE: { form: /^\d{10}\d{2}$/, checks: (text) => isLuhn(text.slice(0, 10)) },
  SI: { form: /^[1-9]\d{7}$/, checks: (text) => isMod11(text, [8, 7, 6, 5, 4, 3, 2]) },
  SK: { form: digits(10), checks: (text) => Number(text) % 11 === 0 },
};

const UNKNOWN_COUNTRY: VatRule = { form: /^[0-9A-Z]{4,20}$/ };
/** What people write behind or before a number that is none of it: Switzerland's words for the tax, `CHE` for `CH`, Norway's `MVA`. */
const SURROUNDINGS: Readonly<Record<string, RegExp>> = { CH: /^E|(MWST|TVA|IVA)$/g, NO: /MVA$/ };

/**
 * A VAT number in its one form: the prefix of its country, then capitals and digits without any sign [CMP-2]. Its prefix may be left out or
 * stand there; that of another country is refused. `readVatNumber("DE", "136 695 976")` is `DE136695976`.
 */
export function readVatNumber(country: string, text: string): { readonly value: string } | { readonly problem: VatProblem } {
  const prefix = PREFIXES[country] ?? country;
  const plain = text.toUpperCase().replaceAll(/[\s.\-/]/g, "");
  const known = Object.keys(RULES).map((code) => PREFIXES[code] ?? code);
  const said = plain.slice(0, 2);
  const { form, checks } = RULES[country] ?? UNKNOWN_COUNTRY;
  // A number may begin with letters that are another country's code by chance: only one that does not fit as it stands has a prefix.
  const bare = said === prefix || (country === "GR" && said === "GR") ? plain.slice(2) : plain;
  const own = SURROUNDINGS[country] ? bare.replaceAll(new RegExp(SURROUNDINGS[country].source, "g"), "") : bare;
  if (!form.test(own)) return { problem: said !== prefix && known.includes(said) ? "other_country" : "form" };
  return checks && !checks(own) ? { problem: "check_digits" } : { value: prefix + own };
}

/** The country that a number names by its prefix, when it is one of that country; undefined when it tells none. */
export function countryOfVatNumber(text: string): string | undefined {
  const said = text.trim().slice(0, 2).toUpperCase();
  const country = Object.keys(RULES).find((code) => (PREFIXES[code] ?? code) === said);
  return country !== undefined && "value" in readVatNumber(country, text) ? country : undefined;
}
