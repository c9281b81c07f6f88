import type { MatchReasonView } from "@weft/contracts/client";

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

/** What a field of the records says about whether they are one person. */
export type Said = { readonly reason: MatchReasonView; readonly name: string; readonly isFor: "one" | "two" | "neither" };

/** Less than this, in bits, hardly says anything. */
export const LITTLE = 0.5;

/** By field of the record what the engine says of it, strongest first. */
export function saidByField(reasons: readonly MatchReasonView[]): Map<string, Said[]> {
  const said = new Map<string, Said[]>();
  for (const reason of reasons) {
    const name = ATTRIBUTE_OF[reason.field] ?? reason.field;
    const isFor = reason.bits >= LITTLE ? "one" : reason.bits <= -LITTLE ? "two" : "neither";
    said.set(name, [...(said.get(name) ?? []), { reason, name, isFor }]);
  }
  return said;
}
