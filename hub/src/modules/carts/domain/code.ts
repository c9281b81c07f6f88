/** Letters and digits that nobody mistakes for each other, read aloud or on a cracked screen: no 0 O 1 I L 5 S 8 B 2 Z. */
const ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY";
export const HANDOVER_CODE_LENGTH = 7;

/** A hand-over code from random bytes (at least 16): 25^7, about 6 thousand million. Bytes that would favor a letter are skipped. */
export function handoverCode(random: Uint8Array): string {
  let code = "";
  for (const byte of random) {
    if (code.length === HANDOVER_CODE_LENGTH) break;
    if (byte < 250) code += ALPHABET[byte % ALPHABET.length];
  }
  return code;
}

/** What a person typed, as the code is kept: without spaces and dashes, in capitals. */
export function normalizeHandoverCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}
