import type { ContactKind } from "@weft/contracts";
import type { ChannelId, RecordId } from "@weft/kernel";
import type { ReadCtx, Vault } from "../../platform/index.ts";
import { addressMac } from "./addresses.ts";
import { decideContact, NO_PREFERENCES, standingOf, type ContactDecision, type MessagePurpose, type Standing } from "./domain/index.ts";
import { decisionsOf, preferencesOf, recordSetsOf, suppressionsOf } from "./queries.ts";
import { entityFor } from "./rules.ts";

export type ContactQuestion = MessagePurpose & {
  /** Null: nobody is known by the address. */
  readonly recordId: RecordId | null;
  readonly channelKind: ContactKind;
  /** Where the message would arrive, as it was normalized; null where a kind has no address. */
  readonly address: string | null;
  /** The channel that it leaves from: its entity's country and clock hold where the customer said nothing. */
  readonly channelId: ChannelId | null;
  readonly at: Date;
};

const NOTHING_SAID: Standing = { state: "none", because: null, isContested: false };

/**
 * Whether a message may reach somebody now [CNS-4]. Asked right before each one leaves, never earlier: what was said a second ago on any
 * channel holds. A withdrawal and a suppression hold on every link level, a yes and preferences where records are linked [CNS-2].
 */
export async function mayContact(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  vault: Vault,
  question: ContactQuestion,
): Promise<ContactDecision> {
  const { recordId, channelKind, address, channelId, at } = question;
  const records = recordId ? await recordSetsOf(ctx, recordId) : null;
  const isAsked = "topic" in question && records !== null;
  const cell = isAsked ? { purpose: question.purpose, topic: question.topic, channelKind } : null;
  const hasAddress = address !== null && (channelKind === "email" || channelKind === "sms" || channelKind === "phone");
  const suppressions = hasAddress ? await suppressionsOf(ctx, [{ kind: channelKind, mac: addressMac(vault, channelKind, address) }]) : [];
  const entity = await entityFor(ctx, channelId);
  return decideContact(question, {
    standing: cell && records ? standingOf(await decisionsOf(ctx, records.person), records, cell) : NOTHING_SAID,
    suppressions: suppressions.map(({ reason }) => reason),
    preferences: records ? await preferencesOf(ctx, records.customer, channelId) : NO_PREFERENCES,
    country: entity?.country ?? "",
    timeZone: entity?.timeZone ?? "UTC",
    kind: channelKind,
    at,
  });
}
