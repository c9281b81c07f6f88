import type { LoyaltyPartnerView, PartnerStatementView, PartnerTermsView } from "@weft/contracts";
import type { ChannelId, EntityId } from "@weft/kernel";
import { sql } from "kysely";
import { placesSnapshot } from "../../places/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import type { PartnerId } from "../domain/index.ts";

export type Partner = {
  readonly id: PartnerId;
  readonly name: string;
  readonly entityId: EntityId;
  readonly channelId: ChannelId;
  readonly endedAt: Date | null;
  /** Those in force. */
  readonly terms: PartnerTermsView & { readonly version: number };
};

/** A partner by its id, or by the hash of the key that its system shows. */
export async function partnerBy(
  ctx: Pick<ReadCtx, "db">,
  by: { readonly id: PartnerId } | { readonly keyHash: Buffer },
): Promise<Partner | null> {
  const [id, keyHash] = "id" in by ? [by.id, null] : [null, by.keyHash];
  const { rows } = await sql<Partner>`
    select p.id, p.name, p.entity_id as "entityId", p.channel_id as "channelId", p.ended_at as "endedAt",
           jsonb_build_object('version', t.version, 'points', t.points, 'perMinorUnits', t.per_minor_units, 'currency', t.currency,
                              'charge', t.charge, 'most', t.most, 'countsForTiers', t.counts_for_tiers,
                              'burn', case when t.pays is not null then jsonb_build_object('pays', t.pays, 'most', t.pays_most) end) as terms
      from loyalty.partner p, lateral (select * from loyalty.partner_terms t where t.partner_id = p.id order by t.version desc limit 1) t
     where p.id = ${id}::uuid or p.key_hash = ${keyHash}::bytea`.execute(ctx.db);
  return rows[0] ?? null;
}

type PartnerRow = Omit<LoyaltyPartnerView, "entityName" | "due" | "terms" | "endedAt"> & {
  readonly endedAt: Date | null;
  readonly terms: LoyaltyPartnerView["terms"];
  readonly due: number;
};

/** Every partner with its terms, the newest version first, and what it owes: those that have not ended, then by name. One, where its id is given. */
export async function partnersOf(ctx: Pick<ReadCtx, "db" | "snapshots">, id: PartnerId | null = null): Promise<LoyaltyPartnerView[]> {
  const { rows } = await sql<PartnerRow>`
    select p.id, p.name, p.entity_id as "entityId", p.ended_at as "endedAt",
           (select jsonb_agg(jsonb_build_object('version', t.version, 'points', t.points, 'perMinorUnits', t.per_minor_units, 'currency', t.currency,
              'charge', t.charge, 'most', t.most, 'countsForTiers', t.counts_for_tiers,
              'burn', case when t.pays is not null then jsonb_build_object('pays', t.pays, 'most', t.pays_most) end, 'validFrom', t.valid_from) order by t.version desc) from loyalty.partner_terms t where t.partner_id = p.id) as terms,
           coalesce((select sum(m.amount) from loyalty.partner_earning e
                       join ledger.read_movement m on m.source_type = 'partner_earning' and m.source_id = e.id where e.partner_id = p.id), 0)::bigint as points,
           coalesce((select sum(left_points) from loyalty.partner_burning where partner_id = p.id), 0)::bigint as "pointsUsed",
           coalesce((select sum(m.amount) from ledger.read_partner_movement m where m.partner_id = p.id), 0)::bigint as due
      from loyalty.partner p where ${id}::uuid is null or p.id = ${id} order by p.ended_at is not null, p.name, p.id`.execute(ctx.db);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  return rows.map(({ terms, due, endedAt, ...row }) => ({
    ...row,
    entityName: entities.get(row.entityId as EntityId)?.name ?? "", // the column of a legal entity's id
    endedAt: endedAt?.toISOString() ?? null,
    terms: terms.map((version) => ({ ...version, validFrom: new Date(version.validFrom).toISOString() })),
    due: { amount: due, currency: terms[0]?.currency ?? "" },
  }));
}

/** What a partner owed before a month (`2026-03`), what came to it, what points paid there and what was settled in it, from the ledger [LOY-43, LOY-46]. */
export async function statementOf(ctx: Pick<ReadCtx, "db">, { id, terms }: Partner, month: string): Promise<PartnerStatementView> {
  const { rows } = await sql<Omit<PartnerStatementView, "partnerId" | "month" | "currency" | "payments" | "closing">>`
    with bounds as (select (${month} || '-01')::date as from_day, ((${month} || '-01')::date + interval '1 month')::date as to_day),
    money as (
      select m.kind, m.amount, m.business_date >= b.from_day as is_in from ledger.read_partner_movement m, bounds b
       where m.partner_id = ${id} and m.business_date < b.to_day),
    points as (
      select m.kind, m.amount from bounds b join loyalty.partner_earning e on e.partner_id = ${id} and e.business_date < b.to_day
        join ledger.read_movement m on m.source_type = 'partner_earning' and m.source_id = e.id
       where m.business_date >= b.from_day and m.business_date < b.to_day),
    used as (
      select m.amount from bounds b join loyalty.partner_burning u on u.partner_id = ${id} and u.business_date < b.to_day
        join ledger.read_movement m on m.source_type = 'partner_burning' and m.source_id = u.id and m.business_date >= b.from_day and m.business_date < b.to_day)
    select coalesce(sum(amount) filter (where not is_in), 0)::bigint as opening,
           coalesce(sum(amount) filter (where is_in and kind = 'partner_charge'), 0)::bigint as charged,
           -coalesce(sum(amount) filter (where is_in and kind = 'partner_credit'), 0)::bigint as credited,
           -coalesce(sum(amount) filter (where is_in and kind = 'partner_paid'), 0)::bigint as paid,
           -coalesce(sum(amount) filter (where is_in and kind in ('partner_redeem', 'partner_unredeem')), 0)::bigint as redeemed,
           (select -coalesce(sum(amount), 0) from used)::bigint as "pointsUsed",
           (select count(*) from points where kind = 'partner_earn') as purchases,
           (select coalesce(sum(amount), 0) from points where kind = 'partner_earn')::bigint as points,
           (select -coalesce(sum(amount), 0) from points where kind = 'partner_take_back')::bigint as "pointsTaken"
      from money`.execute(ctx.db);
  const empty = { opening: 0, charged: 0, credited: 0, paid: 0, redeemed: 0, purchases: 0, points: 0, pointsTaken: 0, pointsUsed: 0 };
  const sums = rows[0] ?? empty;
  const closing = sums.opening + sums.charged - sums.credited - sums.redeemed - sums.paid;
  return { partnerId: id, month, currency: terms.currency, ...sums, closing, payments: await paymentsOf(ctx, id, month) };
}

async function paymentsOf(ctx: Pick<ReadCtx, "db">, id: PartnerId, month: string): Promise<PartnerStatementView["payments"]> {
  const { rows } = await sql<PartnerStatementView["payments"][number]>`
    select id, business_date::text as day, jsonb_build_object('amount', amount, 'currency', currency) as amount, note
      from loyalty.partner_payment where partner_id = ${id} and to_char(business_date, 'YYYY-MM') = ${month} order by at desc, id`.execute(
    ctx.db,
  );
  return rows;
}
