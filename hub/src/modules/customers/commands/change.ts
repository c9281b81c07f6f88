import { err, ok, type ChannelId, type CustomerId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Actor, Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import type { ContactKind } from "../domain/index.ts";
import type { CustomerError } from "../errors.ts";
import { customerOf, recordsOf } from "../queries/who.ts";
import { contactIn, wasConfirmed } from "./challenges.ts";
import { link } from "./link.ts";
import { writeRecord, type RecordInput, type Resolution } from "./write-record.ts";

/**
 * What a caller of the API says of a person, on the caller's channel. Only a channel that is set to vouch may call a contact verified,
 * or staff after a code that was read back.
 * Errors: `customer.channel_missing`, `customer.not_a_contact`, `customer.may_not_vouch`, those of `writeRecord`.
 */
export async function sayOfPerson(
  ctx: Ctx,
  input: RecordInput,
  verified: readonly ContactKind[],
): Promise<Result<Resolution, CustomerError>> {
  const { channelId } = ctx.actor;
  if (channelId === null) return err({ code: "customer.channel_missing" });
  for (const kind of ["email", "phone"] as const) {
    const said = input[kind];
    const contact = said === undefined ? undefined : await contactIn(ctx, said, channelId);
    if (said !== undefined && contact?.kind !== kind) return err({ code: "customer.not_a_contact" });
    if (verified.includes(kind) && !(contact && (await mayVouch(ctx, contact.address)))) return err({ code: "customer.may_not_vouch" });
  }
  // What nobody stands behind proves no card.
  const { paymentCard: _paymentCard, ...open } = input;
  const said = isPublic(ctx.actor) ? open : input;
  const kept = isPublic(ctx.actor) && input.externalId !== undefined ? await ownedRecord(ctx, channelId, input.externalId) : undefined;
  if (kept) return ok({ resolution: "matched", because: "same_record", recordId: kept, customerId: await customerOf(ctx, kept) });
  return writeRecord(ctx, { channelId, input: said, verified, verifiedBy: ctx.actor.staff ? "code" : "channel", cause: "api" });
}

/** Nobody stands behind these callers: a publishable key is in everybody's browser. */
export const isPublic = (actor: Actor): boolean => actor.staff === null && actor.kind !== "secret" && actor.kind !== "system";

/** A record that the channel's server or staff have written: who only knows its id may not change where its owner is reached. */
async function ownedRecord(ctx: Ctx, channelId: ChannelId, externalId: string): Promise<RecordId | undefined> {
  const { rows } = await sql<{ id: RecordId }>`
    select r.id from customers.source_record r
     where r.channel_id = ${channelId} and r.external_id = ${externalId}
       and exists (select from customers.source_record_version v where v.record_id = r.id and v.actor_kind in ('secret', 'staff', 'system'))`.execute(
    ctx.db,
  );
  return rows[0]?.id;
}

async function mayVouch(ctx: Ctx, address: string): Promise<boolean> {
  if (ctx.actor.staff) return wasConfirmed(ctx, address);
  if (ctx.actor.kind !== "secret" || ctx.actor.channelId === null) return false;
  return (await ctx.snapshots.current(channelsSnapshot)).channels.get(ctx.actor.channelId)?.vouches ?? false;
}

/**
 * Changes what the caller's channel knows of a customer: a new version of its record. A channel that has no record of them gets one,
 * linked with a reason, so that a correction never rewrites what another channel said.
 * Errors: `customer.unknown`, `customer.channel_missing`, `customer.too_many_traits`.
 */
export async function changeOnChannel(ctx: Ctx, customerId: CustomerId, input: RecordInput): Promise<Result<RecordId, CustomerError>> {
  const { channelId } = ctx.actor;
  if (channelId === null) return err({ code: "customer.channel_missing" });
  const records = await recordsOf(ctx, customerId);
  const [first] = records;
  if (!first) return err({ code: "customer.unknown" });
  const { rows } = await sql<{ id: RecordId }>`
    select id from customers.source_record where id = any (${records}::uuid[]) and channel_id = ${channelId} and state = 'known'
     order by id = ${ctx.actor.customer?.recordId ?? null} desc nulls last, known_at, id limit 1`.execute(ctx.db);
  const recordId = rows[0]?.id ?? ctx.newId<RecordId>();
  const written = await writeRecord(ctx, { channelId, recordId, input, verified: [], verifiedBy: "code", cause: "correction" });
  if (!written.ok) return written;
  if (!rows[0]) {
    const kind = ctx.actor.staff ? "agent" : "customer";
    await link(ctx, { a: first, b: recordId, kind, evidence: { correction: true }, reason: "corrected on another channel" });
  }
  return ok(recordId);
}
