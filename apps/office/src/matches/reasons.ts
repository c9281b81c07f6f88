import type { MatchReasonView } from "@weft/contracts/client";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";

/** What the engine calls a field, and the field of a record that it is about. */
const ATTRIBUTE_OF: Readonly<Record<string, string>> = {
  given: "givenName",
  family: "familyName",
  middle: "givenName",
  "names together": "familyName",
  "birth date": "birthDate",
  email: "email",
  phone: "phone",
  street: "address",
  "address extra": "address",
  postcode: "address",
  city: "address",
  country: "address",
};

/** What a field of the records says about whether they are one person, in words. */
export type Said = { readonly key: string; readonly text: string; readonly isFor: "one" | "two" | "neither" };

/** By field of the record what the engine says of it, strongest first. */
export function saidByField(reasons: readonly MatchReasonView[]): Map<string, Said[]> {
  const said = new Map<string, Said[]>();
  for (const reason of reasons) {
    const name = ATTRIBUTE_OF[reason.field] ?? reason.field;
    said.set(name, [...(said.get(name) ?? []), saidOf(reason, name)]);
  }
  return said;
}

function saidOf({ field, code, bits }: MatchReasonView, name: string): Said {
  const agreement = wordOf(`office.match.says.${code}`, code);
  const about = name === "address" ? `${wordOf(`office.match.part.${field.replaceAll(" ", "_")}`, field)}: ${agreement}` : agreement;
  const isFor = bits >= LITTLE ? "one" : bits <= -LITTLE ? "two" : "neither";
  return { key: field, text: t("office.match.said", { agreement: about, weight: weightWord(bits) }), isFor };
}

/** Less than this, in bits, hardly says anything; from `STRONG` on it says more than most fields do. */
const LITTLE = 0.5;
const SOME = 2;
const STRONG = 6;

/** How much a field says, in words: a bit doubles the odds. */
export function weightWord(bits: number): string {
  const size = Math.abs(bits);
  if (size < LITTLE) return t("office.match.weight.nothing");
  const strength = size < SOME ? "little" : size < STRONG ? "some" : "strong";
  return bits > 0 ? t(`office.match.weight.one_${strength}`) : t(`office.match.weight.two_${strength}`);
}
