/**
 * The tax class of gift cards. A multi-purpose voucher is not taxed when it is sold, but what is bought with it
 * (Directive 2006/112/EC, article 30b).
 */
export { VOUCHERS as GIFT_CARD_CLASS } from "../../pricing/domain/index.ts";

/** Letters and digits that nobody mistakes for each other, read aloud or on paper: no 0 O 1 I L 5 S 8 B 2 Z. */
const ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY";
const LENGTH = 16;

/**
 * The code of a gift card from random bytes (at least 32): fifteen letters, 25^15 or about 70 bits, and one that checks them. Bytes that would
 * favor a letter are skipped.
 */
export function giftCardCode(random: Uint8Array): string {
  let code = "";
  for (const byte of random) {
    if (code.length === LENGTH - 1) break;
    if (byte < 250) code += ALPHABET[byte % ALPHABET.length];
  }
  return code + checkLetter(code);
}

/** What a person typed or a scanner read, as the code is kept: without spaces and dashes, in capitals. */
export const normalizeGiftCardCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");

/** Whether this can be the code of a gift card: one letter typed wrong, or two neighbors that changed seats, is found without asking anybody. */
export function isGiftCardCode(typed: string): boolean {
  const code = normalizeGiftCardCode(typed);
  return code.length === LENGTH && checkLetter(code.slice(0, -1)) === code.slice(-1);
}

/** As it is printed: four groups of four. */
export const spellGiftCardCode = (code: string): string => code.match(/.{4}/g)?.join("-") ?? code;

/**
 * The sum of each letter times a weight, modulo 25. The weights and their neighbors' differences have no divisor in common with 25, so any
 * one wrong letter and any two that changed seats change it. Empty for letters that are in no code.
 */
function checkLetter(text: string): string {
  let sum = 0;
  for (const [index, letter] of [...text].entries()) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return "";
    sum += value * (index % 2 === 0 ? 1 : 3);
  }
  return ALPHABET[sum % ALPHABET.length] ?? "";
}

/** A code of which only the end is told, as it is spelled: what is shown and kept where the whole of it would be money. */
export const maskGiftCardCode = (last4: string): string => `••••-••••-••••-${last4}`;
