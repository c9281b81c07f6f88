import type { ChannelKind } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import type { RecordFacts } from "./records.ts";

export const PROFILE_FIELDS = ["givenName", "familyName", "email", "phone", "birthDate", "address", "locale"] as const;
export type ProfileFieldName = (typeof PROFILE_FIELDS)[number];
export type SurvivorshipRule = "verified" | "most_recent" | "channel_priority" | "oldest";

/** A value of the profile, the record it comes from, and the rule that chose it. */
export type ChosenField = {
  readonly field: ProfileFieldName;
  readonly value: unknown;
  readonly fromRecord: RecordId;
  readonly rule: SurvivorshipRule;
  readonly at: Date;
};

/** What can be asked of two values, one after the other; the oldest record decides what is left. */
export const FIELD_RULES = ["verified", "most_recent", "channel_priority"] as const;
export type FieldRule = (typeof FIELD_RULES)[number];

/** By what each field is chosen, and whom to believe first where channels decide. */
export type FieldChoice = {
  readonly rules: Readonly<Partial<Record<ProfileFieldName, readonly FieldRule[]>>>;
  readonly channels: readonly ChannelKind[];
};

/** Whom to believe first when nothing else decides: what people typed themselves, then what staff typed for them. */
const PRIORITY: readonly ChannelKind[] = ["desk", "app", "web", "store", "phone", "email", "messaging", "social", "office", "screen"];

const USUAL: FieldChoice = { rules: {}, channels: [] };

/**
 * The profile of a customer from its records [IDN-5]: per field the verified value first, then the most recent, then the channel's priority,
 * then the oldest record, or in the order that an owner chose [IDN-28]. It depends on the records and that choice alone, so taking a link
 * away gives back exactly the profiles of before.
 */
export function chooseProfile(records: readonly RecordFacts[], choice: FieldChoice = USUAL): ChosenField[] {
  return PROFILE_FIELDS.flatMap((field) => {
    const having = records.filter((record) => record.attributes[field] !== undefined && record.attributes[field] !== "");
    if (having.length === 0) return [];
    const rules = choice.rules[field] ?? FIELD_RULES;
    const [chosen, runnerUp] = [...having].sort((a, b) => compare(field, a, b, rules, choice.channels));
    if (!chosen) return [];
    return [
      {
        field,
        value: chosen.attributes[field],
        fromRecord: chosen.id,
        rule: ruleOf(field, chosen, runnerUp, rules, choice.channels),
        at: saidAt(field, chosen),
      },
    ];
  });
}

function isVerified(field: ProfileFieldName, record: RecordFacts): boolean {
  return (field === "email" || field === "phone") && record.verified.includes(field);
}

/** When the channel said this field last: a new address makes no older phone newer. */
function saidAt(field: ProfileFieldName, record: RecordFacts): Date {
  const at = record.saidAt[field];
  return at === undefined ? record.createdAt : new Date(at);
}

/** What one rule says: below 0 for `a`, above for `b`, 0 when it cannot tell. */
const DECIDED_BY: Readonly<
  Record<FieldRule, (field: ProfileFieldName, a: RecordFacts, b: RecordFacts, channels: readonly ChannelKind[]) => number>
> = {
  verified: (field, a, b) => Number(isVerified(field, b)) - Number(isVerified(field, a)),
  most_recent: (field, a, b) => saidAt(field, b).getTime() - saidAt(field, a).getTime(),
  channel_priority: (_field, a, b, channels) => placeOf(a.channelKind, channels) - placeOf(b.channelKind, channels),
};

/** A kind that the choice does not name comes after those that it names, in the usual order. */
function placeOf(kind: ChannelKind, channels: readonly ChannelKind[]): number {
  const named = channels.indexOf(kind);
  return named >= 0 ? named : channels.length + PRIORITY.indexOf(kind);
}

function compare(
  field: ProfileFieldName,
  a: RecordFacts,
  b: RecordFacts,
  rules: readonly FieldRule[],
  channels: readonly ChannelKind[],
): number {
  for (const rule of rules) {
    const said = DECIDED_BY[rule](field, a, b, channels);
    if (said !== 0) return said;
  }
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}

/** The first rule that tells the chosen one from the next; alone, a value is verified or simply what was said last. */
function ruleOf(
  field: ProfileFieldName,
  chosen: RecordFacts,
  runnerUp: RecordFacts | undefined,
  rules: readonly FieldRule[],
  channels: readonly ChannelKind[],
): SurvivorshipRule {
  if (!runnerUp) return isVerified(field, chosen) ? "verified" : "most_recent";
  return rules.find((rule) => DECIDED_BY[rule](field, chosen, runnerUp, channels) !== 0) ?? "oldest";
}
