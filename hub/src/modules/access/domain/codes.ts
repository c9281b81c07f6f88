/** Letters and digits that nobody mistakes for each other, read from a wall: no 0 O 1 I L 5 S 8 B 2 Z. */
const ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY";
const ENROLLMENT_LENGTH = 6;
const BADGE_LENGTH = 24;

/** An enrollment code from random bytes (at least 16): 25^6, about 244 million. */
export function enrollmentCode(random: Uint8Array): string {
  return lettersOf(random, ENROLLMENT_LENGTH);
}

/** What stands on a badge, from random bytes (at least 64): 25^24, 111 bits. Capitals and digits, which every scanner types alike. */
export function badgeCode(random: Uint8Array): string {
  return `SB${lettersOf(random, BADGE_LENGTH)}`;
}

/** Bytes that would favor a letter are skipped. */
function lettersOf(random: Uint8Array, count: number): string {
  return [...random]
    .filter((byte) => byte < 250)
    .slice(0, count)
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join("");
}

/** What a person typed, as the code is kept: without spaces and dashes, in capitals. */
export function normalizeEnrollmentCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}
