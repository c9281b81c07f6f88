import { dayNumber } from "./dates.ts";
import { isSameNameForm } from "./nicknames.ts";
import type { FieldKind } from "./prepare.ts";
import { isOneEdit, isTwoEdits, jaroWinkler } from "./similarity.ts";
import { soundOf } from "./text.ts";

/**
 * How far two values of a field agree. 0: one of them is missing. 1: different. 2 to 6: more and more alike, by the damage that people do to
 * such values. 7 to 9: equal, by how common the value is (7 common, 9 rare), because two Smiths say less than two Wannemachers.
 */
export const LEVELS = 10;
export const MISSING = 0;
export const DIFFERENT = 1;
export const EQUAL_COMMON = 7;

/** A given or family name. One letter stands for every name that begins with it. `isSameSound`: by `soundOf`, which is dear to ask often. */
export function nameLevel(a: string, b: string, isSameSound = soundOf(a) === soundOf(b)): number {
  if (a.length === 1 || b.length === 1) return a.charCodeAt(0) === b.charCodeAt(0) ? 5 : DIFFERENT;
  const isShort = Math.min(a.length, b.length) < 4;
  if (isOneEdit(a, b)) return isShort ? 5 : 6;
  if (isSameNameForm(a, b) || hasWordOf(a, b)) return 5;
  const alike = jaroWinkler(a, b);
  if (alike >= 0.94) return 6;
  if (alike >= 0.88 || (!isShort && isSameSound)) return 4;
  if (alike >= 0.8) return 3;
  return alike >= 0.7 ? 2 : DIFFERENT;
}

/** Whether one of two names of several words has the other, or a word of it: `garcia lopez` and `garcia`. */
function hasWordOf(a: string, b: string): boolean {
  if (!a.includes(" ") && !b.includes(" ")) return false;
  const words = a.split(" ");
  return b.split(" ").some((word) => word.length > 2 && words.includes(word));
}

/** Eight digits of a date, YYYYMMDD. */
export function dateLevel(a: string, b: string): number {
  if (a.length !== 8 || b.length !== 8) return isOneEdit(a, b) ? 6 : DIFFERENT;
  let differ = 0;
  let first = -1;
  let last = -1;
  for (let i = 0; i < 8; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    differ++;
    if (first < 0) first = i;
    last = i;
  }
  if (differ === 1) return 6;
  const isTransposed = differ === 2 && a[first] === b[last] && a[last] === b[first] && last - first <= 2;
  const isSwapped = a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6);
  if (isTransposed || isSwapped) return 5;
  const isSameYear = a.startsWith(b.slice(0, 4));
  const parts = Number(isSameYear) + Number(a.slice(4, 6) === b.slice(4, 6)) + Number(a.slice(6) === b.slice(6));
  if (parts === 2) return 4;
  if (Math.abs(dayNumber(a) - dayNumber(b)) <= 62) return 3;
  return isSameYear || differ === 2 ? 2 : DIFFERENT;
}

/** Numbers and codes: postcode, phone, house number, card. */
export function codeLevel(a: string, b: string): number {
  if (isOneEdit(a, b)) return Math.min(a.length, b.length) < 3 ? 5 : 6;
  const short = Math.min(a.length, b.length);
  if (short >= 6 && isTwoEdits(a, b)) return 5;
  if (short < 3) return DIFFERENT;
  const half = Math.max(2, short >> 1);
  if (a.slice(0, half) === b.slice(0, half)) return 4;
  return a.slice(-half) === b.slice(-half) ? 3 : DIFFERENT;
}

export function emailLevel(a: string, b: string): number {
  const [localA, domainA] = cutAt(a);
  const [localB, domainB] = cutAt(b);
  if (isOneEdit(a, b)) return 6;
  if (localA === localB) return localA.length > 3 || jaroWinkler(domainA, domainB) > 0.8 ? 5 : 4;
  const alike = jaroWinkler(a, b);
  if (isTwoEdits(a, b) || alike >= 0.96) return 5;
  const isNear = isOneEdit(localA, localB) || jaroWinkler(localA, localB) >= 0.92;
  const isSameHost = domainA === domainB || jaroWinkler(domainA, domainB) >= 0.92;
  if (isNear && isSameHost) return 4;
  if (alike >= 0.88) return 3;
  return isNear || isSameHost ? 2 : DIFFERENT;
}

/**
 * An address where it tells people apart and no more: equal, a slip, or the same name at another provider. Addresses are made of names, so
 * one that is merely alike says again what the names said: a file of few true pairs was learned as if all who share a first name were one.
 */
export function mailboxLevel(a: string, b: string): number {
  if (isOneEdit(a, b)) return 6;
  const [local] = cutAt(a);
  return local.length > 5 && local === cutAt(b)[0] ? 5 : DIFFERENT;
}

function cutAt(email: string): [string, string] {
  const at = email.lastIndexOf("@");
  return at < 0 ? [email, ""] : [email.slice(0, at), email.slice(at + 1)];
}

/** Streets, places, occupations: one or several words. */
export function textLevel(a: string, b: string): number {
  const long = Math.max(a.length, b.length);
  if (isOneEdit(a, b) || (long > 12 && isTwoEdits(a, b))) return long < 4 ? 5 : 6;
  const alike = jaroWinkler(a, b);
  if (alike >= 0.95) return 6;
  const shared = sharedWords(a, b);
  if (shared >= 0.99) return 5;
  if (alike >= 0.88 || shared >= 0.6) return 4;
  if (shared >= 0.3) return 3;
  return alike >= 0.75 ? 2 : DIFFERENT;
}

/** Words in both, by the number of the shorter text; 1 when one holds all of the other. */
function sharedWords(a: string, b: string): number {
  if (!a.includes(" ") && !b.includes(" ")) return 0;
  const x = a.split(" ");
  const y = b.split(" ");
  let shared = 0;
  for (const word of x) if (word.length > 2 && y.includes(word)) shared++;
  return shared / Math.min(x.length, y.length);
}

export const LEVEL_OF: Readonly<Record<Exclude<FieldKind, "cross">, (a: string, b: string, isSameSound: boolean) => number>> = {
  name: nameLevel,
  date: dateLevel,
  code: codeLevel,
  email: emailLevel,
  mailbox: mailboxLevel,
  text: textLevel,
  category: () => DIFFERENT,
};
