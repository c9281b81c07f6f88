import type { PartnerPaymentView, PartnerTermsView } from "@weft/contracts";
import { err, ok, type Id, type RecordId, type Result, type TransferId } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import { auditWrite } from "../../access/index.ts";
import { customerOf } from "../../customers/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { claimShownCard, readCardToken, type CardKeys } from "../card.ts";
import { isCardNumber, partnerPays, type ProgramId } from "../domain/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { PartnerPoints } from "../events.ts";
import type { Partner } from "../queries/partners.ts";
import { currentRule, pointsUnit } from "../queries/program.ts";
import { documentOf } from "./partners.ts";

type BurningId = Id<"partner burning">;
type Burn = NonNullable<PartnerTermsView["burn"]>;
/** `card`: what the QR of a card shows now. */
export type PointsPayment = { readonly reference: string; readonly card: string; readonly points: number };
type Paid = Promise<Result<PartnerPaymentView, LoyaltyError>>;
type Kept = {
  readonly id: BurningId;
  readonly recordId: RecordId | null;
  readonly points: number;
  readonly leftPoints: number;
  readonly returns: number;
  readonly burn: Burn;
};

/**
 * Points of a member pay at a partner [LOY-46]: all or nothing, by what their phone shows now and nowhere else before, by the terms of now and up to
 * their most of a day, from the purse that the member may use. This house owes the partner what they pay, in the same transaction. Each reference
 * once: again, with the same points, it is the same payment. Errors: `loyalty.no_program`, `loyalty.partner_ended`, `loyalty.not_offered`,
 * `partner.card_not_shown`, `loyalty.card_unknown`, `customer.card_copied`, `partner.over_limit`, `partner.payment_differs`,
 * `loyalty.not_enough_points`. Publishes `loyalty.partner_points.v1`.
 */
export async function payAtPartner(ctx: Ctx, keys: CardKeys, partner: Partner, wanted: PointsPayment): Paid {
  const before = await keptUnder(ctx, partner, wanted.reference);
  if (before) return sameAgain(partner, before, wanted);
  if (partner.endedAt) return err({ code: "loyalty.partner_ended" });
  const { burn } = partner.terms;
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  if (!burn) return err({ code: "loyalty.not_offered" });
  const recordId = await whoShows(ctx, keys, partner, wanted.card);
  if (!recordId.ok) return recordId;
  const member = await customerOf(ctx, recordId.value);
  // One payment of a customer after the other: two at once cannot both have what is left of the day.
  await sql`select pg_advisory_xact_lock(hashtextextended('loyalty.partner_burning/' || ${member}::text, 0))`.execute(ctx.db);
  const { day, timeZone } = await documentOf(ctx, partner);
  const id = ctx.newId<BurningId>();
  const { rows } = await sql`
    insert into loyalty.partner_burning (id, partner_id, reference, record_id, points, left_points, terms_version, business_date, at)
    values (${id}, ${partner.id}, ${wanted.reference}, ${recordId.value}, ${wanted.points}, ${wanted.points}, ${partner.terms.version}, ${day}::date, ${ctx.now})
    on conflict (partner_id, reference) do nothing returning id`.execute(ctx.db);
  // Sent twice at the same moment: the one that waited here finds what the other paid.
  if (rows.length === 0) return sameAgain(partner, await keptUnder(ctx, partner, wanted.reference), wanted);
  const used = await usedToday(ctx, partner, recordId.value, day);
  if (used > burn.most) return err({ code: "partner.over_limit", left: Math.max(0, burn.most - used + wanted.points) });
  await auditWrite(ctx, { action: "partner.pay", subject: `customer/${member}`, reason: `${partner.name} ${wanted.reference}` });
  await tell(ctx, partner, { id, recordId: recordId.value, points: -wanted.points });
  await owe(ctx, partner, { id, kind: "partner_redeem", part: 0, amount: -partnerPays(burn, wanted.points) }, { day, timeZone });
  const short = await spend(ctx, partner, { ...wanted, id, recordId: recordId.value, programId: rule.programId }, { day, timeZone });
  return short ? err(short) : ok(told(partner, wanted.reference, burn, wanted.points));
}

/** What was paid under a reference, with the terms that it paid by. */
async function keptUnder(ctx: Ctx, partner: Partner, reference: string): Promise<Kept | undefined> {
  const { rows } = await sql<Kept>`
    select b.id, b.record_id as "recordId", b.points, b.left_points as "leftPoints", b.returns,
           jsonb_build_object('pays', t.pays, 'most', t.pays_most) as burn
      from loyalty.partner_burning b join loyalty.partner_terms t on t.partner_id = b.partner_id and t.version = b.terms_version
     where b.partner_id = ${partner.id} and b.reference = ${reference} for update of b`.execute(ctx.db);
  return rows[0];
}

/** A till of the partner that asks again, after a cut, may have a code that is too old by now: the reference and the points say enough. */
function sameAgain(partner: Partner, kept: Kept | undefined, { reference, points }: PointsPayment): Awaited<Paid> {
  if (kept?.points !== points) return err({ code: "partner.payment_differs" });
  return ok(told(partner, reference, kept.burn, kept.leftPoints));
}

const told = ({ terms: { currency } }: Partner, reference: string, burn: Burn, points: number): PartnerPaymentView => ({
  reference,
  points,
  amount: { amount: partnerPays(burn, points), currency },
});

/** Whose card is shown. A number identifies and pays nothing: it is on plastic, and on every picture of a card. */
async function whoShows(ctx: Ctx, keys: CardKeys, partner: Partner, card: string): Promise<Result<RecordId, LoyaltyError>> {
  if (isCardNumber(card)) return err({ code: "partner.card_not_shown" });
  const recordId = await readCardToken(keys, card, ctx.now);
  if (!recordId) return err({ code: "loyalty.card_unknown" });
  return (await claimShownCard(ctx, card, `partner/${partner.id}`)) ? ok(recordId) : err({ code: "customer.card_copied" });
}

/** Points that a customer used at a partner on a business day with this payment, over all linked records, less what went back. */
async function usedToday(ctx: Ctx, partner: Partner, recordId: RecordId, day: string): Promise<number> {
  const { rows } = await sql<{ points: number }>`
    select coalesce(sum(left_points), 0)::bigint as points from loyalty.partner_burning
     where partner_id = ${partner.id} and business_date = ${day}::date and record_id in (select customers.records_of(${recordId}))`.execute(
    ctx.db,
  );
  return rows[0]?.points ?? 0;
}

type Moved = { readonly id: BurningId; readonly recordId: RecordId; readonly points: number };

function tell(ctx: Ctx, { id: partnerId }: Partner, { id: burningId, recordId, points }: Moved): Promise<void> {
  return publish(ctx, PartnerPoints, `record/${recordId}`, { recordId, partnerId, burningId, points });
}

type When = Awaited<ReturnType<typeof documentOf>>;
type Owed = {
  readonly id: BurningId;
  readonly kind: "partner_redeem" | "partner_unredeem";
  readonly part: number;
  readonly amount: number;
};

/** What the partner owes less, or more again once points go back. */
async function owe(ctx: Ctx, partner: Partner, { id, kind, part, amount }: Owed, { day, timeZone }: When): Promise<void> {
  if (amount === 0) return;
  await sql`
    select ledger.charge_partner(${kind}, 'partner_burning', ${id}, ${part}, ${partner.id}, ${partner.terms.currency}, ${amount}::bigint, ${partner.entityId},
      ${partner.channelId}, ${day}::date, ${timeZone}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null},
      ${JSON.stringify({ kind, data: { partner: partner.name } })}::jsonb, ${ctx.now})`.execute(ctx.db);
}

const because = ({ id, name }: Partner, reference: string): string =>
  JSON.stringify({ kind: "partner", data: { partnerId: id, partner: name, reference } });

type Spending = Moved & { readonly reference: string; readonly programId: ProgramId };

/** Balances are the last locks. */
async function spend(ctx: Ctx, partner: Partner, spending: Spending, { day, timeZone }: When): Promise<LoyaltyError | undefined> {
  const { id, recordId, points, reference, programId } = spending;
  try {
    await sql`
      select ledger.spend(${ctx.newId<TransferId>()}, 'spend', 'partner_burning', ${id}, 0, ${partner.entityId}, null, ${partner.channelId}, ${day}::date,
        ${timeZone}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${because(partner, reference)}::jsonb, ${ctx.now},
        loyalty.purse_accounts(${recordId}, ${programId}), ${pointsUnit(programId)}, ${points}, false)`.execute(ctx.db);
    return undefined;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "WF011") throw error;
    const { needed, available } = JSON.parse(error.detail ?? "{}") as { needed: number; available: number }; // ledger.spend writes exactly this
    return { code: "loyalty.not_enough_points", missing: needed - available };
  }
}

/**
 * What points paid at a partner goes back until `leftPoints` stay paid [LOY-46]: to their own lots, with their own expiry, and the partner is owed
 * less by as much, by the terms that they paid by, also after it ended. Cumulative: any split ends equal, and what went back stays so. Error:
 * `partner.payment_unknown`. Publishes `loyalty.partner_points.v1`.
 */
export async function giveBackAtPartner(
  ctx: Ctx,
  partner: Partner,
  { reference, leftPoints }: { readonly reference: string; readonly leftPoints: number },
): Paid {
  const kept = await keptUnder(ctx, partner, reference);
  if (!kept) return err({ code: "partner.payment_unknown", reference });
  const { id, recordId, burn } = kept;
  if (leftPoints >= kept.leftPoints) return ok(told(partner, reference, burn, kept.leftPoints));
  const [part, when] = [kept.returns + 1, await documentOf(ctx, partner)];
  await sql`update loyalty.partner_burning set left_points = ${leftPoints}, returns = ${part} where id = ${id}`.execute(ctx.db);
  await auditWrite(ctx, { action: "partner.giveBack", subject: `partner/${partner.id}`, reason: reference });
  if (recordId) await tell(ctx, partner, { id, recordId, points: kept.leftPoints - leftPoints });
  const amount = partnerPays(burn, kept.leftPoints) - partnerPays(burn, leftPoints);
  await owe(ctx, partner, { id, kind: "partner_unredeem", part, amount }, when);
  await sql`
    select ledger.give_back(${ctx.newId<TransferId>()}, 'spend', 'give_back', 'partner_burning', ${id}, ${part}, ${leftPoints}, ${when.day}::date,
      ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${because(partner, reference)}::jsonb, ${ctx.now})`.execute(ctx.db);
  return ok(told(partner, reference, burn, leftPoints));
}
