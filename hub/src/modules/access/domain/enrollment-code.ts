/** Letters and digits that nobody mistakes for each other, read from a wall: no 0 O 1 I L 5 S 8 B 2 Z. */
const ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY";
const LENGTH = 6;

/** An enrollment code from random bytes (at least 16): 25^6, about 244 million. Bytes that would favor a letter are skipped. */
export function enrollmentCode(random: Uint8Array): string {
  return [...random]
    .filter((byte) => byte < 250)
    .slice(0, LENGTH)
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join("");
}

/** What a person typed, as the code is kept: without spaces and dashes, in capitals. */
export function normalizeEnrollmentCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}
