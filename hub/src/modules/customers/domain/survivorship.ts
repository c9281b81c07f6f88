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

/** Whom to believe first when nothing else decides: what people typed themselves, then what staff typed for them. */
const PRIORITY: readonly ChannelKind[] = ["desk", "app", "web", "store", "phone", "email", "messaging", "social", "office", "screen"];

/**
 * The profile of a customer from its records [IDN-5]: per field the verified value first, then the most recent, then the channel's priority,
 * then the oldest record. It depends on the records alone, so taking a link away gives back exactly the profiles of before.
 */
export function chooseProfile(records: readonly RecordFacts[]): ChosenField[] {
  return PROFILE_FIELDS.flatMap((field) => {
    const having = records.filter((record) => record.attributes[field] !== undefined && record.attributes[field] !== "");
    if (having.length === 0) return [];
    const [chosen, runnerUp] = [...having].sort((a, b) => compare(field, a, b));
    if (!chosen) return [];
    return [
      { field, value: chosen.attributes[field], fromRecord: chosen.id, rule: ruleOf(field, chosen, runnerUp), at: saidAt(field, chosen) },
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

function compare(field: ProfileFieldName, a: RecordFacts, b: RecordFacts): number {
  return (
    Number(isVerified(field, b)) - Number(isVerified(field, a)) ||
    saidAt(field, b).getTime() - saidAt(field, a).getTime() ||
    PRIORITY.indexOf(a.channelKind) - PRIORITY.indexOf(b.channelKind) ||
    a.createdAt.getTime() - b.createdAt.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}

function ruleOf(field: ProfileFieldName, chosen: RecordFacts, runnerUp: RecordFacts | undefined): SurvivorshipRule {
  if (isVerified(field, chosen) && (!runnerUp || !isVerified(field, runnerUp))) return "verified";
  if (!runnerUp || saidAt(field, chosen).getTime() !== saidAt(field, runnerUp).getTime()) return "most_recent";
  return chosen.channelKind === runnerUp.channelKind ? "oldest" : "channel_priority";
}
