import type {
  ConsentCellView,
  ConsentEntryView,
  ContactPreferencesView,
  DataUseView,
  LinkTermsView,
  SuppressionView,
  TermsView,
} from "@weft/contracts";
import type { ChannelId, RecordId, StaffId } from "@weft/kernel";
import type { ReadCtx, Vault } from "../../platform/index.ts";
import { reachOf } from "../customers/index.ts";
import { addressMacsOf } from "./addresses.ts";
import { allCells, allUses, isUseAllowed, standingOf, USES, type Preferences, type RecordSets } from "./domain/index.ts";
import {
  decisionsOf,
  preferencesOf,
  recordSetsOf,
  suppressionsOf,
  type ListedSuppression,
  type PreferenceLink,
  type WrittenDecision,
} from "./queries.ts";
import { WORDING_VERSION } from "./wording.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** What holds for the customer of a record: every cell, how they want to be reached, and which of their addresses are left alone. */
export async function showTerms(ctx: Reader & Pick<ReadCtx, "actor">, vault: Vault, recordId: RecordId): Promise<TermsView> {
  const records = await recordSetsOf(ctx, recordId);
  const suppressions = await suppressionsOf(ctx, await addressMacsOf(ctx, vault, [...records.customer]));
  const decisions = await decisionsOf(ctx, records.person);
  return {
    ...(await readAgreed(ctx, records, decisions, ctx.actor.channelId)),
    uses: allUses().map((use): DataUseView => {
      const { state, because } = standingOf(decisions, records, use);
      const said = { at: because?.at.toISOString() ?? null, source: because?.source ?? null };
      return { purpose: use.purpose, basis: USES[use.purpose], state, isAllowed: isUseAllowed(use.purpose, state), ...said };
    }),
    suppressions: suppressions.map(({ id, channelKind, reason, at }) => ({ id, channelKind, reason, at: at.toISOString() })),
  };
}

/** What a link of a message shows: no address, no name, only what holds and the end of a contact. */
export async function showLinkTerms(ctx: Reader, link: PreferenceLink): Promise<LinkTermsView> {
  const records = await recordSetsOf(ctx, link.recordId);
  const decisions = await decisionsOf(ctx, records.person);
  const agreed = await readAgreed(ctx, records, decisions, link.channelId);
  const { email, phone } = await reachOf(ctx, link.recordId);
  return {
    ...agreed,
    isJoiningAllowed: link.purpose === "joining" ? isUseAllowed("joining", standingOf(decisions, records, JOINING).state) : null,
    maskedContact: link.channelKind === "email" ? email && maskedEmail(email) : phone && `•• ${phone.slice(-2)}`,
    topic: link.topic,
    channelKind: link.channelKind,
  };
}

const JOINING = { purpose: "joining", topic: null, channelKind: null } as const;

async function readAgreed(
  ctx: Reader,
  records: RecordSets,
  decisions: readonly WrittenDecision[],
  channelId: ChannelId | null,
): Promise<Pick<TermsView, "wordingVersion" | "cells" | "preferences">> {
  return {
    wordingVersion: WORDING_VERSION,
    cells: allCells().map((cell): ConsentCellView => {
      const { state, because, isContested } = standingOf(decisions, records, cell);
      return { ...cell, state, at: because?.at.toISOString() ?? null, source: because?.source ?? null, isContested };
    }),
    preferences: presentPreferences(await preferencesOf(ctx, records.customer, channelId)),
  };
}

function presentPreferences({ channel, language, quietHours, pausedUntil }: Preferences): ContactPreferencesView {
  return { channel, language, quietHours, pausedUntil: pausedUntil?.toISOString() ?? null };
}

const maskedEmail = (email: string): string => email.replace(/^(.).*(@.*)$/, "$1•••$2");

/** A decision with its proof; the note is for those who may read notes. */
export function presentEntry(decision: WrittenDecision, mayReadNotes: boolean): ConsentEntryView {
  const { id, at, purpose, topic, channelKind, state, source, basis, wordingVersion, language, channelId, placeId, actorKind, actorId } =
    decision;
  return {
    id,
    at: at.toISOString(),
    purpose,
    topic,
    channelKind,
    state,
    source,
    basis,
    wordingVersion,
    language,
    channelId,
    placeId,
    actorKind,
    actorId,
    proof: decision.proof && { how: decision.proof.how, note: mayReadNotes ? decision.proof.note : null },
  };
}

/** An address that is left alone, without the address: nobody knows it from here. */
export function presentSuppression(
  { id, channelKind, reason, at, by, liftedAt, liftedBy }: ListedSuppression,
  names: ReadonlyMap<StaffId, string>,
): SuppressionView {
  return {
    id,
    channelKind,
    reason,
    at: at.toISOString(),
    byName: (by && names.get(by)) ?? null,
    liftedAt: liftedAt?.toISOString() ?? null,
    liftedByName: (liftedBy && names.get(liftedBy)) ?? null,
  };
}
