import type { PartnerOutcomesView } from "@weft/contracts";
import { err, ok, type AccountId, type Id, type RecordId, type Result, type TransferId } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { readCardToken, type CardKeys } from "../card.ts";
import {
  cardNumber,
  expiryOf,
  isCardNumber,
  partnerCharge,
  partnerPoints,
  usableFrom,
  type EarningTerms,
  type EarnRule,
} from "../domain/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { PartnerPoints } from "../events.ts";
import type { Partner } from "../queries/partners.ts";
import { recordOfCard } from "../queries/points.ts";
import { currentExpiry, currentRule, pointsUnit } from "../queries/program.ts";
import { documentOf } from "./partners.ts";

type EarningId = Id<"partner earning">;
/** `card`: a card number, or what the QR of a card shows. `amount` in minor units. */
export type Purchase = { readonly reference: string; readonly card: string; readonly amount: number };
export type PurchaseOutcome = PartnerOutcomesView["items"][number];

type Written = Omit<Purchase, "card"> & { readonly id: EarningId; readonly recordId: RecordId; readonly points: number };
type Document = Awaited<ReturnType<typeof documentOf>>;

/**
 * Gives the points of purchases at a partner [LOY-42]: by its terms of now, each reference once, whoever sends it and however often; the partner owes for
 * them in the same transaction [LOY-43]. What names no member's card is refused, and the others count. Errors: `loyalty.no_program`, `loyalty.partner_ended`.
 * Publishes `loyalty.partner_points.v1` for each that gave points.
 */
export async function earnAtPartner(
  ctx: Ctx,
  keys: CardKeys,
  partner: Partner,
  purchases: readonly Purchase[],
): Promise<Result<PurchaseOutcome[], LoyaltyError>> {
  if (partner.endedAt) return err({ code: "loyalty.partner_ended" });
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const document = await documentOf(ctx, partner);
  const earned: Written[] = [];
  const outcomes: PurchaseOutcome[] = [];
  for (const purchase of purchases) {
    const recordId = await memberOf(ctx, keys, purchase.card);
    const written = recordId ? await writePurchase(ctx, partner, document, { ...purchase, recordId }) : refused(purchase, "card_unknown");
    if ("outcome" in written) outcomes.push(written);
    else {
      outcomes.push({ reference: purchase.reference, outcome: "earned", points: written.points, because: null });
      if (written.points > 0) earned.push(written);
    }
  }
  const [action, reason] = ["loyalty.importPartnerPurchases", `${earned.length} of ${purchases.length}`];
  await auditWrite(ctx, { action, subject: `partner/${partner.id}`, reason });
  for (const { id, recordId, points } of earned) await tell(ctx, partner, { id, recordId, points });
  await book(ctx, partner, { rule, document }, earned); // balances are the last locks
  return ok(outcomes);
}

async function memberOf(ctx: Ctx, keys: CardKeys, card: string): Promise<RecordId | null> {
  return isCardNumber(card) ? recordOfCard(ctx, card) : readCardToken(keys, card, ctx.now);
}

const refused = ({ reference }: Pick<Purchase, "reference">, because: "card_unknown" | "differs"): PurchaseOutcome => ({
  reference,
  outcome: "refused",
  points: 0,
  because,
});

/** Keeps a purchase once. A reference that comes again with another amount, or another card, changes nothing. */
async function writePurchase(
  ctx: Ctx,
  { id: partnerId, terms }: Partner,
  { day }: Document,
  { reference, amount, recordId }: Purchase & { readonly recordId: RecordId },
): Promise<Written | PurchaseOutcome> {
  const [id, points] = [ctx.newId<EarningId>(), partnerPoints(terms, amount)];
  const { rows } = await sql`
    insert into loyalty.partner_earning (id, partner_id, reference, record_id, amount, left_amount, points, terms_version, business_date, at)
    values (${id}, ${partnerId}, ${reference}, ${recordId}, ${amount}, ${amount}, ${points}, ${terms.version}, ${day}::date, ${ctx.now})
    on conflict (partner_id, reference) do nothing returning id`.execute(ctx.db);
  if (rows.length > 0) return { id, recordId, points, reference, amount };
  const { rows: before } = await sql<{ points: number; isSame: boolean }>`
    select points, amount = ${amount} and (record_id = ${recordId}) is not false as "isSame"
      from loyalty.partner_earning where partner_id = ${partnerId} and reference = ${reference}`.execute(ctx.db);
  const [row] = before;
  return row?.isSame ? { reference, outcome: "known", points: row.points, because: null } : refused({ reference }, "differs");
}

type Booking = { readonly rule: EarnRule; readonly document: Document };

/** What the partner owes, then the points: the accounts of all members are locked in their order before the first is credited. */
async function book(ctx: Ctx, partner: Partner, { rule, document }: Booking, earned: readonly Written[]): Promise<void> {
  if (earned.length === 0) return;
  const { id: partnerId, name, entityId, channelId, terms } = partner;
  const { day, timeZone } = document;
  const expiry = await currentExpiry(ctx, rule.programId);
  const [expiresAt, usableAt] = [expiryOf(expiry, ctx.now, timeZone), usableFrom(rule.pendingDays, ctx.now, timeZone)];
  for (const { id, points } of earned)
    await charge(ctx, partner, document, { id, kind: "partner_charge", part: 0, charge: partnerCharge(terms, points) });
  const records = earned.map(({ recordId }) => recordId);
  await sql`
    select ledger.lock_balances(array(select account_id from loyalty.membership where record_id = any(${records}::uuid[])))`.execute(
    ctx.db,
  );
  for (const { id, recordId, points, reference, amount } of earned) {
    const data = {
      partnerId,
      partner: name,
      reference,
      amount,
      currency: terms.currency,
      version: terms.version,
      countsForTiers: terms.countsForTiers,
      charge: partnerCharge(terms, points),
    };
    await sql`
      select ledger.credit(${ctx.newId<TransferId>()}, 'partner_earn', 'partner_earning', ${id}, 0, ${entityId}, null, ${channelId}, ${day}::date, ${timeZone},
        ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify({ kind: "partner", data })}::jsonb, ${ctx.now},
        loyalty.enroll(${recordId}, ${rule.programId}, ${ctx.newId<AccountId>()}, ${cardNumber(ctx.newId<Id<"card">>())}), ${pointsUnit(rule.programId)},
        ${points}, ${expiresAt}, ${expiry.version}, ${usableAt})`.execute(ctx.db);
  }
}

type Charge = {
  readonly id: EarningId;
  readonly kind: "partner_charge" | "partner_credit";
  readonly part: number;
  readonly charge: number;
};

async function charge(ctx: Ctx, partner: Partner, { day, timeZone }: Document, { id, kind, part, charge: amount }: Charge): Promise<void> {
  if (amount === 0) return;
  const because = JSON.stringify({ kind, data: { partner: partner.name } });
  await sql`
    select ledger.charge_partner(${kind}, 'partner_earning', ${id}, ${part}, ${partner.id}, ${partner.terms.currency}, ${amount}::bigint, ${partner.entityId},
      ${partner.channelId}, ${day}::date, ${timeZone}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${because}::jsonb, ${ctx.now})`.execute(
    ctx.db,
  );
}

function tell(ctx: Ctx, { id: partnerId }: Partner, { id, recordId, points }: Pick<Written, "id" | "recordId" | "points">): Promise<void> {
  return publish(ctx, PartnerPoints, `record/${recordId}`, { recordId, partnerId, earningId: id, points });
}

type Kept = {
  readonly id: EarningId;
  readonly recordId: RecordId | null;
  readonly leftAmount: number;
  readonly returns: number;
  readonly terms: EarningTerms;
};

/**
 * A purchase at a partner came back until `leftAmount` stays of it [LOY-42]: its points go by what stays, by the terms that it earned by, and so does what the
 * partner owes, also after the partner ended. Cumulative: any split ends equal, and what came back stays so. Errors: `loyalty.purchase_unknown`. Publishes
 * `loyalty.partner_points.v1`.
 */
export async function takeBackAtPartner(
  ctx: Ctx,
  partner: Partner,
  { reference, leftAmount }: { readonly reference: string; readonly leftAmount: number },
): Promise<Result<{ readonly points: number; readonly taken: number }, LoyaltyError>> {
  const { rows } = await sql<Kept>`
    select e.id, e.record_id as "recordId", e.left_amount as "leftAmount", e.returns,
           jsonb_build_object('points', t.points, 'perMinorUnits', t.per_minor_units, 'charge', t.charge, 'most', t.most) as terms
      from loyalty.partner_earning e join loyalty.partner_terms t on t.partner_id = e.partner_id and t.version = e.terms_version
     where e.partner_id = ${partner.id} and e.reference = ${reference} for update of e`.execute(ctx.db);
  const [kept] = rows;
  if (!kept) return err({ code: "loyalty.purchase_unknown", reference });
  const { id, recordId, terms } = kept;
  const [had, keeps] = [partnerPoints(terms, kept.leftAmount), partnerPoints(terms, leftAmount)];
  if (leftAmount >= kept.leftAmount) return ok({ points: had, taken: 0 });
  const part = kept.returns + 1;
  await sql`update loyalty.partner_earning set left_amount = ${leftAmount}, returns = ${part} where id = ${id}`.execute(ctx.db);
  await auditWrite(ctx, { action: "partner.takeBack", subject: `partner/${partner.id}`, reason: reference });
  if (had === keeps) return ok({ points: keeps, taken: 0 });
  if (recordId) await tell(ctx, partner, { id, recordId, points: keeps - had });
  const document = await documentOf(ctx, partner);
  const less = partnerCharge(terms, keeps) - partnerCharge(terms, had);
  await charge(ctx, partner, document, { id, kind: "partner_credit", part, charge: less });
  const because = JSON.stringify({ kind: "partner", data: { partnerId: partner.id, partner: partner.name, reference } });
  const { rows: done } = await sql<{ taken: number }>`
    select ledger.take_back(${ctx.newId<TransferId>()}, 'partner_earn', 'partner_take_back', 'partner_earning', ${id}, ${part}, ${keeps}, ${document.day}::date,
      ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${because}::jsonb, ${ctx.now}) as taken`.execute(ctx.db);
  return ok({ points: keeps, taken: done[0]?.taken ?? 0 });
}
