import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { lockCustomer } from "../../customers/index.ts";
import type { Preferences } from "../domain/index.ts";
import { PreferencesChanged } from "../events.ts";
import { preferencesOf, recordSetsOf } from "../queries.ts";
import { actorIdOf, type Source } from "../source.ts";

/** What is left out stays as it is; null forgets. */
export type PreferenceChange = { readonly [Kind in keyof Preferences]?: Preferences[Kind] | undefined };

/** A change as the contract has it, with its instants as such. */
export function toChange({
  pausedUntil,
  ...rest
}: Omit<PreferenceChange, "pausedUntil"> & { readonly pausedUntil?: string | null | undefined }): PreferenceChange {
  return { ...rest, pausedUntil: typeof pausedUntil === "string" ? new Date(pausedUntil) : pausedUntil };
}

/**
 * Notes how somebody wants to be reached, one row for each thing that changed [CNS-8]. Publishes `consent.preferences_changed.v1` when
 * anything did.
 */
export async function setPreferences(ctx: Ctx, recordId: RecordId, source: Source, change: PreferenceChange): Promise<void> {
  await lockCustomer(ctx, recordId);
  const together = await preferencesOf(ctx, (await recordSetsOf(ctx, recordId)).customer, ctx.actor.channelId);
  // What another record said is undone with its link, so a row is spared only where this one has said the same.
  const own = await preferencesOf(ctx, new Set([recordId]), ctx.actor.channelId);
  const changed = Object.entries(change).filter(
    ([kind, value]) => value !== undefined && [together, own].some((said) => !isSame(said[kind as keyof Preferences], value)), // a key of the change
  );
  for (const [kind, value] of changed)
    await sql`
      insert into consent.preference (id, record_id, kind, value, source, channel_id, place_id, actor_kind, actor_id, at)
      values (${ctx.newId()}, ${recordId}, ${kind}, ${JSON.stringify(value)}::jsonb, ${source}, ${ctx.actor.channelId}, ${ctx.actor.placeId},
              ${ctx.actor.kind}, ${actorIdOf(ctx.actor)}, ${ctx.now})`.execute(ctx.db);
  if (changed.length === 0) return;
  const kinds = changed.map(([kind]) => kind);
  await publish(ctx, PreferencesChanged, `record/${recordId}`, { recordId, kinds, channelId: ctx.actor.channelId });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
