import type { PartnerTermsView } from "@weft/contracts";
import { businessDate, err, ok, type ChannelId, type EntityId, type Id, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite, newToken, tokenHash } from "../../access/index.ts";
import { channelForApp, channelsSnapshot } from "../../channels/index.ts";
import { entityOf } from "../../places/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { PartnerId } from "../domain/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { PartnerChanged } from "../events.ts";
import { partnerBy, type Partner } from "../queries/partners.ts";

export type NewPartner = { readonly name: string; readonly entityId: EntityId; readonly terms: PartnerTermsView };

/** By what the key of a partner's system is known at sight. */
const KEY_PREFIX = "wp_";

/**
 * Lets members earn with another firm, and pay there where the terms say so [LOY-42, LOY-46]; its key is answered once, and kept as a hash. Errors: `loyalty.entity_unknown`, `loyalty.no_channel`.
 * Publishes `loyalty.partner_changed.v1`.
 */
export async function addPartner(
  ctx: Ctx,
  { name, entityId, terms }: NewPartner,
): Promise<Result<{ id: PartnerId; key: string }, LoyaltyError>> {
  if (!(await entityOf(ctx, entityId))) return err({ code: "loyalty.entity_unknown" });
  const channelId = await channelFor(ctx, entityId);
  if (!channelId) return err({ code: "loyalty.no_channel" });
  const [id, key] = [ctx.newId<PartnerId>(), KEY_PREFIX + newToken()];
  await sql`
    insert into loyalty.partner (id, name, entity_id, channel_id, key_hash, made_at)
    values (${id}, ${name}, ${entityId}, ${channelId}, ${tokenHash(key)}, ${ctx.now})`.execute(ctx.db);
  await writeTerms(ctx, id, 1, terms);
  await told(ctx, id, "loyalty.addPartner");
  return ok({ id, key });
}

/** The office, where partners are kept; where there is none, any channel of the legal entity. */
async function channelFor({ snapshots }: Pick<Ctx, "snapshots">, entityId: EntityId): Promise<ChannelId | null> {
  const office = await channelForApp(snapshots, "weft_office", null);
  const { channels } = await snapshots.current(channelsSnapshot);
  return office ?? [...channels.values()].find((one) => one.entityId === entityId)?.id ?? null;
}

/**
 * How members earn with a partner from now on: a new version, so that earlier purchases are explained and taken back by theirs. `version` is the one that
 * the caller saw. Errors: `loyalty.partner_unknown`, `loyalty.partner_ended`, `loyalty.terms_changed`, `loyalty.currency_stays`. Publishes
 * `loyalty.partner_changed.v1`.
 */
export async function setPartnerTerms(
  ctx: Ctx,
  id: PartnerId,
  { version, terms }: { readonly version: number; readonly terms: PartnerTermsView },
): Promise<Result<null, LoyaltyError>> {
  const partner = await lockPartner(ctx, id);
  if (!partner.ok) return partner;
  const before = partner.value.terms;
  if (before.version !== version) return err({ code: "loyalty.terms_changed", version: before.version });
  if (before.currency !== terms.currency) return err({ code: "loyalty.currency_stays", currency: before.currency });
  await writeTerms(ctx, id, version + 1, terms);
  await told(ctx, id, "loyalty.setPartnerTerms");
  return ok(null);
}

/** Another key for a partner; the one before it ends at once. Errors: `loyalty.partner_unknown`, `loyalty.partner_ended`. Publishes `loyalty.partner_changed.v1`. */
export async function renewPartnerKey(ctx: Ctx, id: PartnerId): Promise<Result<string, LoyaltyError>> {
  const partner = await lockPartner(ctx, id);
  if (!partner.ok) return partner;
  const key = KEY_PREFIX + newToken();
  await sql`update loyalty.partner set key_hash = ${tokenHash(key)} where id = ${id}`.execute(ctx.db);
  await told(ctx, id, "loyalty.renewPartnerKey");
  return ok(key);
}

/** Ends a partner now; ended again it stays as it was. Error: `loyalty.partner_unknown`. Publishes `loyalty.partner_changed.v1`. */
export async function endPartner(ctx: Ctx, id: PartnerId): Promise<Result<null, LoyaltyError>> {
  const partner = await lockPartner(ctx, id);
  if (!partner.ok) return partner.error.code === "loyalty.partner_ended" ? ok(null) : partner;
  await sql`update loyalty.partner set ended_at = ${ctx.now} where id = ${id}`.execute(ctx.db);
  await told(ctx, id, "loyalty.endPartner");
  return ok(null);
}

export type PartnerPayment = { readonly id: Id<"partner payment">; readonly amount: number; readonly note: string | null };

/** Notes that a partner paid, or below zero that it was paid for what points paid there, also after it ended [LOY-43, LOY-46]. The same id again is the same payment. Errors: `loyalty.partner_unknown`, `loyalty.payment_differs`. */
export async function bookPartnerPayment(ctx: Ctx, partnerId: PartnerId, wanted: PartnerPayment): Promise<Result<null, LoyaltyError>> {
  const partner = await partnerBy(ctx, { id: partnerId });
  if (!partner) return err({ code: "loyalty.partner_unknown" });
  const { id, amount, note } = wanted;
  const { currency } = partner.terms;
  const { day, timeZone } = await documentOf(ctx, partner);
  const { rows } = await sql`
    insert into loyalty.partner_payment (id, partner_id, amount, currency, note, business_date, at)
    values (${id}, ${partnerId}, ${amount}, ${currency}, ${note}, ${day}::date, ${ctx.now}) on conflict (id) do nothing returning id`.execute(
    ctx.db,
  );
  if (rows.length === 0) return sameAsBefore(ctx, partnerId, wanted);
  await sql`
    select ledger.charge_partner('partner_paid', 'partner_payment', ${id}, 0, ${partnerId}, ${currency}, ${-amount}::bigint, ${partner.entityId},
      ${partner.channelId}, ${day}::date, ${timeZone}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null},
      ${JSON.stringify({ kind: "partner_paid", data: { partner: partner.name } })}::jsonb, ${ctx.now})`.execute(ctx.db);
  await auditWrite(ctx, { action: "loyalty.bookPartnerPayment", subject: `partner/${partnerId}`, reason: `${amount} ${currency}` });
  return ok(null);
}

async function sameAsBefore(ctx: Ctx, partnerId: PartnerId, { id, amount }: PartnerPayment): Promise<Result<null, LoyaltyError>> {
  const { rows } = await sql`
    select id from loyalty.partner_payment where id = ${id} and partner_id = ${partnerId} and amount = ${amount}`.execute(ctx.db);
  return rows.length > 0 ? ok(null) : err({ code: "loyalty.payment_differs" });
}

/** The business day of what is booked for a partner, where the legal entity is that gives the points. */
export async function documentOf(ctx: Pick<Ctx, "now" | "snapshots">, { entityId }: Partner) {
  const timeZone = (await entityOf(ctx, entityId))?.timeZone ?? "UTC";
  return { timeZone, day: businessDate(ctx.now, timeZone, 0) };
}

async function lockPartner(ctx: Ctx, id: PartnerId): Promise<Result<Partner, LoyaltyError>> {
  await sql`select 1 from loyalty.partner where id = ${id} for update`.execute(ctx.db);
  const partner = await partnerBy(ctx, { id });
  if (!partner) return err({ code: "loyalty.partner_unknown" });
  return partner.endedAt ? err({ code: "loyalty.partner_ended" }) : ok(partner);
}

async function writeTerms(ctx: Ctx, id: PartnerId, version: number, terms: PartnerTermsView): Promise<void> {
  const { points, perMinorUnits, currency, charge, most, countsForTiers, burn } = terms;
  await sql`
    insert into loyalty.partner_terms (partner_id, version, points, per_minor_units, currency, charge, most, counts_for_tiers, pays, pays_most, valid_from)
    values (${id}, ${version}, ${points}, ${perMinorUnits}, ${currency}, ${charge}, ${most}, ${countsForTiers}, ${burn?.pays ?? null}, ${burn?.most ?? null},
      ${ctx.now})`.execute(ctx.db);
}

async function told(ctx: Ctx, id: PartnerId, action: string): Promise<void> {
  await auditWrite(ctx, { action, subject: `partner/${id}` });
  await publish(ctx, PartnerChanged, `partner/${id}`, { partnerId: id });
}
