import type { CREDIT_REASONS, StoreCreditView } from "@weft/contracts";
import {
  err,
  ok,
  type AccountId,
  type BusinessDate,
  type ChannelId,
  type EntityId,
  type Id,
  type Money,
  type OrderId,
  type PlaceId,
  type RecordId,
  type Result,
  type StaffId,
  type TransferId,
} from "@weft/kernel";
import { sql } from "kysely";
import type { Actor, Ctx, ReadCtx } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { channelOf } from "../../channels/index.ts";
import { customerOf } from "../../customers/index.ts";
import { businessDateAt, entityOf, placeOf } from "../../places/index.ts";
import { creditLimit } from "../domain.ts";
import type { PaymentError } from "../errors.ts";

export type CreditGrantId = Id<"store credit grant">;
export type CreditReason = (typeof CREDIT_REASONS)[number];

type WantedGrant = {
  readonly id: CreditGrantId;
  readonly recordId: RecordId;
  readonly amount: Money;
  readonly reason: CreditReason;
  readonly note: string | null;
};

/**
 * Gives store credit [PAY-15]: a lot that never expires, owed by the legal entity for which the giver works. The same id again is the same
 * grant. Two grants of one giver at the same moment cannot both fit under what they may give in a business day. Errors:
 * `store_credit.grant_differs` when another grant has the id, `store_credit.over_limit`, `store_credit.no_channel`.
 */
export async function grantCredit(
  ctx: Ctx,
  giver: NonNullable<Actor["staff"]>,
  { id, recordId, amount: money, reason, note }: WantedGrant,
): Promise<Result<null, PaymentError>> {
  const where = await whereGiven(ctx);
  if (!where) return err({ code: "store_credit.no_channel" });
  const { amount, currency } = money;
  const { entityId, placeId, channelId, businessDate, timeZone } = where;
  await sql`select pg_advisory_xact_lock(hashtextextended('payments.credit_grant/' || ${giver.id}::text, 0))`.execute(ctx.db);
  const limit = creditLimit(giver.roles);
  const givenToday = await givenOn(ctx, giver.id, { currency, businessDate, besides: id });
  if (givenToday + amount > limit)
    return err({ code: "store_credit.over_limit", limit: { amount: limit, currency }, givenToday: { amount: givenToday, currency } });
  const { rows } = await sql`
    insert into payments.credit_grant (id, record_id, currency, amount, reason, note, granted_by, entity_id, place_id, channel_id, business_date, time_zone, at)
    values (${id}, ${recordId}, ${currency}, ${amount}, ${reason}, ${note}, ${giver.id}, ${entityId}, ${placeId}, ${channelId}, ${businessDate}::date, ${timeZone}, ${ctx.now})
    on conflict (id) do nothing returning id`.execute(ctx.db);
  if (rows.length === 0) return sameAsBefore(ctx, { id, recordId, amount: money, reason, note });
  await auditWrite(ctx, {
    action: "storeCredit.grant",
    subject: `customer/${await customerOf(ctx, recordId)}`,
    reason: `${amount} ${currency}, ${reason}`,
  });
  const because = JSON.stringify({ kind: "granted", data: { reason } });
  await sql`
    select ledger.credit(${ctx.newId<TransferId>()}, 'grant', 'credit_grant', ${id}, 0, ${entityId}, ${placeId}, ${channelId}, ${businessDate}::date, ${timeZone},
      ${ctx.actor.kind}, ${giver.id}, ${because}::jsonb, ${ctx.now},
      ledger.open_account(${ctx.newId<AccountId>()}, 'store_credit', ${currency}, ${recordId}), ${currency}, ${amount}, null, null)`.execute(
    ctx.db,
  );
  return ok(null);
}

type CreditedReturn = {
  readonly returnId: string;
  readonly recordId: RecordId;
  readonly amount: Money;
  readonly entityId: EntityId;
  readonly placeId: PlaceId;
  readonly channelId: ChannelId;
  readonly businessDate: BusinessDate;
  readonly timeZone: string;
};

/** Gives store credit for goods that came back without an order [RET-14]: a lot that never expires. Called last, as its balance is the last lock. */
export async function creditReturn(
  ctx: Ctx,
  { returnId, recordId, amount: { amount, currency }, ...where }: CreditedReturn,
): Promise<void> {
  const { entityId, placeId, channelId, businessDate, timeZone } = where;
  const because = JSON.stringify({ kind: "refunded", data: { returnId } });
  await sql`
    select ledger.credit(${ctx.newId<TransferId>()}, 'refund', 'return', ${returnId}, 0, ${entityId}, ${placeId}, ${channelId}, ${businessDate}::date,
      ${timeZone}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${because}::jsonb, ${ctx.now},
      ledger.open_account(${ctx.newId<AccountId>()}, 'store_credit', ${currency}, ${recordId}), ${currency}, ${amount}, null, null)`.execute(
    ctx.db,
  );
}

async function sameAsBefore(ctx: Ctx, { id, recordId, amount, reason }: WantedGrant): Promise<Result<null, PaymentError>> {
  const { rows } = await sql`
    select 1 from payments.credit_grant
    where id = ${id} and record_id = ${recordId} and amount = ${amount.amount} and currency = ${amount.currency} and reason = ${reason}`.execute(
    ctx.db,
  );
  return rows.length > 0 ? ok(null) : err({ code: "store_credit.grant_differs" });
}

type DayOf = { readonly currency: string; readonly businessDate: BusinessDate; readonly besides: CreditGrantId };

/** What somebody has given in a business day, in minor units. */
async function givenOn(ctx: Ctx, giver: StaffId, { currency, businessDate, besides }: DayOf): Promise<number> {
  const { rows } = await sql<{ given: number }>`
    select coalesce(sum(amount), 0)::bigint as given from payments.credit_grant
    where granted_by = ${giver} and business_date = ${businessDate}::date and currency = ${currency} and id <> ${besides}`.execute(ctx.db);
  return rows[0]?.given ?? 0;
}

/** The document columns of a grant: where the giver stands, else the entity that their channel sells for. */
async function whereGiven(ctx: Ctx) {
  const channel = ctx.actor.channelId === null ? undefined : await channelOf(ctx, ctx.actor.channelId);
  if (!channel) return undefined;
  const place = ctx.actor.placeId === null ? undefined : await placeOf(ctx, ctx.actor.placeId);
  const entityId = place?.entityId ?? channel.entityId;
  const timeZone = place?.timeZone ?? (await entityOf(ctx, entityId))?.timeZone ?? "UTC";
  const businessDate = businessDateAt({ timeZone, dayEnd: place?.dayEnd ?? 0 }, ctx.now);
  return { entityId, placeId: place?.id ?? null, channelId: channel.id, timeZone, businessDate };
}

type EntryRow = {
  id: TransferId;
  at: Date;
  amount: number;
  currency: string;
  because: { kind: string; data?: Record<string, unknown> };
  orderId: OrderId | null;
};

/** The store credit of some records as one, with its hundred newest movements: nothing moved when they were linked. */
export async function readCredit(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<StoreCreditView> {
  const ids = [...recordIds];
  const { rows: balances } = await sql<Money>`
    select ledger.usable(array_agg(account_id), now()) as amount, unit as currency from ledger.read_value
    where kind = 'store_credit' and record_id = any(${ids}::uuid[]) group by unit order by unit`.execute(ctx.db);
  const { rows: entries } = await sql<EntryRow>`
    select m.txn_id as id, m.at, m.amount, m.unit as currency, m.because, (m.because -> 'data' ->> 'orderId')::uuid as "orderId"
    from ledger.read_value_movement m where m.kind = 'store_credit' and m.record_id = any(${ids}::uuid[])
    order by m.txn_id desc limit 100`.execute(ctx.db);
  return {
    balances,
    entries: entries.map(({ at, amount, currency, ...entry }) => ({ ...entry, at: at.toISOString(), amount: { amount, currency } })),
  };
}

/** What is kept of store credit for some records: given out on request. */
export async function storeCreditHeldOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select unit as currency, balance from ledger.read_value where kind = 'store_credit' and record_id = any(${[...recordIds]}::uuid[])
    order by record_id, unit`.execute(ctx.db);
  return rows;
}

/**
 * Forgets to whom store credit was given and who bought gift cards, and the codes that were kept for them. The ledger keeps its entries, which
 * name nobody any more; a gift card that was given away goes on paying.
 */
export async function eraseStoredValue(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const ids = [...recordIds];
  await sql`update payments.credit_grant set record_id = null, note = null where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  await sql`update payments.gift_card set record_id = null, code_sealed = null where record_id = any(${ids}::uuid[])`.execute(ctx.db);
}
