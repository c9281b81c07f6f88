import { slug } from "../slug.ts";
import type { Country } from "../types.ts";

const DOMAINS: Readonly<Record<Country, string>> = { FR: "example.com", DE: "example.org", ES: "example.net" };

/** An address at a domain that is reserved for examples; the number keeps people of the same name apart. */
export function emailOf(givenName: string, familyName: string, country: Country, n: number): string {
  return `${slug(givenName)}.${slug(familyName).replaceAll("-", "")}${n === 0 ? "" : n}@${DOMAINS[country]}`;
}

/** Ranges that the regulators keep for film and theater, with the count of digits that follow; the stores have others. */
// oxfmt-ignore
const FRENCH: readonly (readonly [prefix: string, digits: number])[] = [["+3363998", 4], ["+3319900", 4], ["+3326191", 4], ["+3335301", 4], ["+3353649", 4]];
// oxfmt-ignore
const GERMAN: readonly (readonly [prefix: string, digits: number])[] = [["+4917139200", 2], ["+49176040690", 2], ["+494066969", 3], ["+496990009", 3], ["+492214710", 3], ["+498999998", 3]];
/** Spain keeps no such range; 555 is given to nobody, and 555 9 is for the stores. */
const SPANISH: readonly (readonly [prefix: string, digits: number])[] = [["+34555", 6]];

/** The `n`-th fictional number of a country in E.164, no two alike; undefined when the country has no more of them. */
export function phoneOf(country: Country, n: number): string | undefined {
  let left = n;
  for (const [prefix, digits] of country === "FR" ? FRENCH : country === "DE" ? GERMAN : SPANISH) {
    const size = 10 ** digits;
    if (left < (country === "ES" ? size * 0.9 : size)) return prefix + String(left).padStart(digits, "0");
    left -= size;
  }
  return undefined;
}
