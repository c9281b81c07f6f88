import { createHash } from "node:crypto";
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import type { IdentifierKind } from "./domain/index.ts";

/** Values that mean nobody: defaults of other systems, and what people type to get past a form [IDN-6]. */
const BLOCKED = [
  /^[-0]*$/,
  /^-1$/,
  /^(null|undefined|anonymous|none|n\/a|unknown|test|na)$/,
  /^(test|noreply|no-reply|none|anonymous)@/,
  /@(test|example|invalid|localhost)$/,
  /^(\+?\d{0,3})?0{7,}$/,
];

/** Lower-cased and trimmed; undefined when it is no address. Dots and plus parts stay: for many providers they matter. */
export function normalizeEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase();
  return /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,}$/.test(email) ? email : undefined;
}

/** E.164 by the channel's country; undefined when no number could be that. */
export function normalizePhone(text: string, country: string): string | undefined {
  const phone = parsePhoneNumberFromString(text, country as CountryCode); // ISO 3166 alpha-2, as legal entities have it
  return phone?.isPossible() ? phone.number : undefined;
}

/** Whether a normalized value can tell nobody apart. */
export function isBlocked(value: string): boolean {
  return BLOCKED.some((pattern) => pattern.test(value));
}

/** The first 16 bytes of SHA-256: what values are compared by. */
export function hashOf(kind: IdentifierKind, value: string): Buffer {
  return createHash("sha256").update(`${kind}:${value}`).digest().subarray(0, 16);
}

/** What is kept of a claim code: 128 random bits, so a plain hash is enough. */
export function hashOfClaim(code: string): Buffer {
  return createHash("sha256").update(`claim:${code.trim()}`).digest();
}
