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
