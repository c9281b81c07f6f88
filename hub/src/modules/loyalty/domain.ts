import type { Id, Money } from "@weft/kernel";

export type ProgramId = Id<"loyalty program">;

/** How a sale earns: `points` for each full `perMinorUnits` of `currency`. Versioned, never edited. */
export type EarnRule = {
  readonly programId: ProgramId;
  readonly programName: string;
  readonly version: number;
  readonly points: number;
  readonly perMinorUnits: number;
  readonly currency: string;
};

/** What a sale earned and why: the rule, its version, and the amount it was computed from. */
export type Earning = { readonly points: number; readonly because: { readonly kind: "earned"; readonly data: Record<string, unknown> } };

/**
 * The points of a sale [LOY-2]: whole steps of the amount that the customer pays, tax in; another currency earns nothing.
 * The same in the preview of the cart, the offline till and the completion.
 * Example: one point per 100 minor units makes 7 points of 7.99 EUR.
 */
export function pointsFor(rule: EarnRule, paid: Money): Earning {
  const counts = paid.currency === rule.currency && paid.amount > 0;
  const points = counts ? Math.floor(paid.amount / rule.perMinorUnits) * rule.points : 0;
  const { points: each, perMinorUnits, currency, version } = rule;
  return { points, because: { kind: "earned", data: { points: each, perMinorUnits, currency, version, amount: paid.amount } } };
}

const CARD_DIGITS = 15;
const CARD_PREFIX = "29";

/**
 * The card number of a record: 16 digits, the last one a check digit (Luhn, ISO/IEC 7812), made from the random part of a fresh id.
 * `salt` is that id's text; a number that is taken already is refused by the database, and the next salt is tried.
 */
export function cardNumber(salt: string): string {
  const random = BigInt(`0x${salt.replaceAll("-", "").slice(16)}`) % 10n ** BigInt(CARD_DIGITS - CARD_PREFIX.length);
  const digits = CARD_PREFIX + random.toString().padStart(CARD_DIGITS - CARD_PREFIX.length, "0");
  return digits + luhnDigit(digits);
}

/** Whether a scanned or typed number is a card number: 16 digits whose last one fits the others. Blanks and dashes do not count. */
export function isCardNumber(text: string): boolean {
  const digits = normalizeCardNumber(text);
  return digits.length === CARD_DIGITS + 1 && /^\d+$/.test(digits) && luhnDigit(digits.slice(0, -1)) === digits.slice(-1);
}

export function normalizeCardNumber(text: string): string {
  return text.replaceAll(/[\s-]/g, "");
}

/** The digit that makes the Luhn sum a multiple of ten: every second digit from the right is doubled, 9 taken off above 9. */
function luhnDigit(digits: string): string {
  let sum = 0;
  for (const [index, digit] of [...digits].toReversed().entries()) {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}
