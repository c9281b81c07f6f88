import type { EntityId, OrderId, PlaceId, RecordId, TransferId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type ReadCtx } from "../../platform/index.ts";

/** `balance`: what can be used now; what is due to expire is not, whether that is booked or not, nor what still waits [LED-12]. `credited`: all that was ever booked in. Summed over records: nothing moved when they were linked [LED-2]. */
export type Standing = { readonly balance: number; readonly credited: number };

export async function standingOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[], unit: string): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select coalesce(sum(balance - (select coalesce(sum(lot.remaining), 0) from ledger.lot
                                   where lot.account_id = b.account_id and lot.remaining > 0 and (lot.expires_at <= now() or lot.usable_at > now()))), 0)::bigint as balance,
           coalesce(sum((select sum(leg.amount) from ledger.leg where leg.account_id = b.account_id and leg.amount > 0)), 0)::bigint as credited
    from ledger.read_balance b where record_id = any(${idList(recordIds)}) and unit = ${unit}`.execute(ctx.db);
  return rows[0] ?? { balance: 0, credited: 0 };
}

/** One movement on the accounts of some records, as history shows it. */
export type LedgerEntry = {
  readonly id: TransferId;
  readonly kind: string;
  readonly amount: number;
  readonly at: Date;
  readonly because: { readonly kind: string; readonly data?: Record<string, unknown> };
  readonly orderId: OrderId | null;
  readonly placeId: PlaceId | null;
};

/** The movements of a unit on the records' accounts, newest first; `before` is the id where the last page ended. */
export async function entriesOf(
  ctx: Pick<ReadCtx, "db">,
  query: { readonly recordIds: readonly RecordId[]; readonly unit: string; readonly before: string | null; readonly limit: number },
): Promise<LedgerEntry[]> {
  const { rows } = await sql<LedgerEntry>`
    select txn.id, txn.kind, leg.amount, txn.at, txn.because, txn.place_id as "placeId",
           case txn.source_type when 'order' then txn.source_id when 'order_change' then (txn.because -> 'data' ->> 'orderId')::uuid end as "orderId"
    from ledger.account
    join ledger.leg on leg.account_id = account.id
    join ledger.txn on txn.id = leg.txn_id
    where account.record_id = any(${idList(query.recordIds)}) and account.unit = ${query.unit}
      and (${query.before}::uuid is null or txn.id < ${query.before}::uuid)
    order by txn.id desc limit ${query.limit}`.execute(ctx.db);
  return rows;
}

/** A movement that an order made on somebody's account: `amount` on that account, `spent` in all, a loss of the house included. */
export type OrderMovement = {
  readonly kind: "earn" | "burn" | "take_back" | "give_back";
  readonly recordId: RecordId;
  readonly amount: number;
  readonly spent: number;
  readonly because: { readonly kind: "earned"; readonly data: Record<string, unknown> } | null;
};

/**
 * What an order moved, or a change of it, the first movement of each kind first; over several accounts the record is one of them.
 */
export async function movementsOfOrder(
  ctx: Pick<ReadCtx, "db">,
  sourceId: string,
  sourceType: "order" | "order_change" = "order",
): Promise<OrderMovement[]> {
  const { rows } = await sql<OrderMovement>`
    select txn.kind, (array_agg(account.record_id order by account.id) filter (where account.is_bounded))[1] as "recordId",
           coalesce(sum(leg.amount) filter (where account.is_bounded), 0)::bigint as amount,
           coalesce(sum(leg.amount) filter (where account.kind = 'redeemed'), 0)::bigint as spent,
           case when txn.kind = 'earn' then txn.because end as because
    from ledger.txn join ledger.leg on leg.txn_id = txn.id join ledger.account on account.id = leg.account_id
    where txn.source_type = ${sourceType} and txn.source_id = ${sourceId}
    group by txn.id order by txn.kind, txn.part`.execute(ctx.db);
  return rows;
}

/** A lot that holds something, with the movement that made it and what took from it; or, below zero, a debt with the reversal that found it. */
export type ExplainedLot = {
  readonly id: TransferId;
  readonly kind: string;
  readonly because: LedgerEntry["because"];
  readonly orderId: OrderId | null;
  readonly placeId: PlaceId | null;
  readonly at: Date;
  readonly usableAt: Date | null;
  readonly expiresAt: Date | null;
  readonly quantity: number;
  readonly remaining: number;
  readonly uses: readonly { readonly kind: string; readonly at: string; readonly quantity: number; readonly orderId: OrderId | null }[];
};

/** What the balance of some records is made of [LED-7], in the order in which it is spent; debts first, because they are repaid first. */
export async function lotsOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[], unit: string): Promise<ExplainedLot[]> {
  const { rows } = await sql<ExplainedLot>`
    with mine as (select id from ledger.account where record_id = any(${idList(recordIds)}) and unit = ${unit}),
    part as (
      select d.id, null::timestamptz as usable_at, null::timestamptz as expires_at, -d.quantity as quantity, -d.remaining as remaining, '[]'::jsonb as uses, 0 as rank
        from ledger.debt d where d.account_id in (select id from mine) and d.remaining > 0
      union all
      select l.id, l.usable_at, l.expires_at, l.quantity, l.remaining,
             coalesce((select jsonb_agg(jsonb_build_object('kind', t.kind, 'at', to_json(t.at), 'quantity', u.quantity,
                         'orderId', case when t.source_type = 'order' then t.source_id end) order by t.at, t.id)
                       from ledger.lot_use u join ledger.txn t on t.id = u.txn_id where u.lot_id = l.id), '[]'), 1
        from ledger.lot l where l.account_id in (select id from mine) and l.remaining > 0 and (l.expires_at is null or l.expires_at > now()))
    select part.id, txn.kind, txn.because, txn.place_id as "placeId", txn.at, part.usable_at as "usableAt", part.expires_at as "expiresAt",
           part.quantity::bigint, part.remaining::bigint, part.uses,
           case txn.source_type when 'order' then txn.source_id when 'order_change' then (txn.because -> 'data' ->> 'orderId')::uuid end as "orderId"
      from part join ledger.txn on txn.id = part.id
     order by part.rank, part.expires_at nulls last, txn.at, part.id limit 500`.execute(ctx.db);
  return rows;
}

/** What of the records' lots goes first if it is not used, and when; null: nothing does. */
export async function nextExpiryOf(
  ctx: Pick<ReadCtx, "db">,
  recordIds: readonly RecordId[],
  unit: string,
): Promise<{ readonly at: Date; readonly amount: number } | null> {
  const { rows } = await sql<{ at: Date; amount: number }>`
    select expires_at as at, sum(remaining)::bigint as amount from ledger.read_lot
    where record_id = any(${idList(recordIds)}) and unit = ${unit} and expires_at > now() group by 1 order by 1 limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

/** What of the records' lots cannot be used yet [LED-12], and when the first of it can; null: nothing waits. */
export async function waitingOf(
  ctx: Pick<ReadCtx, "db">,
  recordIds: readonly RecordId[],
  unit: string,
): Promise<{ readonly at: Date; readonly amount: number } | null> {
  const { rows } = await sql<{ at: Date | null; amount: number }>`
    select min(usable_at) as at, coalesce(sum(remaining), 0)::bigint as amount from ledger.read_lot
    where record_id = any(${idList(recordIds)}) and unit = ${unit} and usable_at > now() and (expires_at is null or expires_at > now())`.execute(
    ctx.db,
  );
  const [row] = rows;
  return row?.at ? { at: row.at, amount: row.amount } : null;
}

/** The books of a legal entity in one unit: what is open in the lots that it issued, and what became of the rest. */
export type EntityBooks = {
  readonly entityId: EntityId;
  readonly open: number;
  readonly expiringSoon: number;
  readonly issued: number;
  readonly redeemed: number;
  readonly expired: number;
  readonly owed: number;
  readonly lost: number;
};

/** Every entity that has moved this unit; `expiringSoon` is what expires within `days`. */
export async function booksOf(ctx: Pick<ReadCtx, "db">, unit: string, days: number): Promise<EntityBooks[]> {
  const { rows } = await sql<EntityBooks>`
    select books.entity_id as "entityId", coalesce(open.amount, 0)::bigint as open, coalesce(open.soon, 0)::bigint as "expiringSoon",
           books.issued, books.redeemed, books.expired, books.owed, books.lost
    from (select account.entity_id,
                 coalesce(-sum(leg.amount) filter (where account.kind = 'issued'), 0)::bigint as issued,
                 coalesce(sum(leg.amount) filter (where account.kind = 'redeemed'), 0)::bigint as redeemed,
                 coalesce(sum(leg.amount) filter (where account.kind = 'expired'), 0)::bigint as expired,
                 coalesce(sum(leg.amount) filter (where account.kind = 'reversed_debt'), 0)::bigint as owed,
                 coalesce(-sum(leg.amount) filter (where account.kind = 'loss'), 0)::bigint as lost
          from ledger.account join ledger.leg on leg.account_id = account.id
          where account.entity_id is not null and account.unit = ${unit} group by account.entity_id) books
    left join (select entity_id, sum(remaining) as amount, sum(remaining) filter (where expires_at < now() + make_interval(days => ${days})) as soon
               from ledger.read_lot where unit = ${unit} group by entity_id) open on open.entity_id = books.entity_id
    order by open desc, books.entity_id`.execute(ctx.db);
  return rows;
}

/** What became of what an entity issued in a month at a place: `paid` is what the sales that made it were paid, in minor units, as far as they stand. */
export type Cohort = {
  readonly entityId: EntityId;
  readonly placeId: PlaceId | null;
  /** `2026-03`. */
  readonly month: string;
  /** Earned with partners: `paid` is what they were charged for these very points, and no price of goods. */
  readonly ofPartners: boolean;
  readonly given: number;
  readonly redeemed: number;
  readonly expired: number;
  readonly open: number;
  readonly paid: number;
};

/** What was issued in a unit, by legal entity, place and month, less what reversals took; `open` of an entity adds up to what its books say. */
export async function cohortsOf(ctx: Pick<ReadCtx, "db">, unit: string): Promise<Cohort[]> {
  const { rows } = await sql<Cohort>`
    with lot as (
      select l.entity_id, t.place_id, to_char(t.business_date, 'YYYY-MM') as month, l.quantity, l.remaining,
             coalesce(u.redeemed, 0) as redeemed, coalesce(u.expired, 0) as expired,
             l.quantity - l.remaining - coalesce(u.redeemed, 0) - coalesce(u.expired, 0) as reversed,
             case t.kind when 'earn' then coalesce((t.because -> 'data' ->> 'amount')::numeric, 0)
                         when 'partner_earn' then coalesce((t.because -> 'data' ->> 'charge')::numeric, 0) else 0 end as paid,
             t.kind = 'partner_earn' as of_partners
        from ledger.lot l
        join ledger.txn t on t.id = l.id
        join ledger.account a on a.id = l.account_id and a.unit = ${unit}
        left join lateral (select sum(x.quantity) filter (where ut.kind in ('burn', 'spend', 'give_back')) as redeemed,
                                  sum(x.quantity) filter (where ut.kind = 'expire') as expired
                             from ledger.lot_use x join ledger.txn ut on ut.id = x.txn_id where x.lot_id = l.id) u on true)
    select entity_id as "entityId", place_id as "placeId", month, of_partners as "ofPartners", sum(quantity - reversed)::bigint as given, sum(redeemed)::bigint as redeemed,
           sum(expired)::bigint as expired, sum(remaining)::bigint as open, round(sum(paid * (quantity - reversed) / quantity))::bigint as paid
      from lot group by 1, 2, 3, 4 order by 1, 2, 3 desc, 4`.execute(ctx.db);
  return rows;
}

/** What the accounts of some records held in a kind of unit (`points:`) at an instant, by the movements booked until then. */
export async function heldAt(
  ctx: Pick<ReadCtx, "db">,
  unitPrefix: string,
  asked: readonly { readonly recordIds: readonly string[]; readonly at: Date }[],
): Promise<number[]> {
  const flat = asked.flatMap(({ recordIds, at }, n) => recordIds.map((recordId) => ({ n, recordId, at })));
  const { rows } = await sql<{ n: number; held: number }>`
    select q.n, coalesce(sum(leg.amount), 0)::bigint as held
      from unnest(${flat.map(({ n }) => n)}::integer[], ${flat.map(({ recordId }) => recordId)}::uuid[], ${flat.map(({ at }) => at)}::timestamptz[])
           as q (n, record_id, at)
      join ledger.account on account.record_id = q.record_id and starts_with(account.unit, ${unitPrefix}::text)
      join ledger.leg on leg.account_id = account.id
      join ledger.txn on txn.id = leg.txn_id and txn.at <= q.at
     group by q.n`.execute(ctx.db);
  const held = new Map(rows.map((row) => [row.n, row.held]));
  return asked.map((_, n) => held.get(n) ?? 0);
}

/** What is owed of one kind at a place: when the days began, and what came and went in them. Minor units. */
export type OwedRow = {
  readonly entityId: string;
  readonly placeId: string | null;
  readonly what: "deposits" | "tips";
  readonly currency: string;
  readonly opening: number;
  readonly taken: number;
  readonly given: number;
};

/** What the house owes for packaging and to its staff, by place, over business days; null is every place. What was never owed is left out. */
export async function owedIn(
  ctx: Pick<ReadCtx, "db">,
  { from, to, placeIds }: { readonly from: string; readonly to: string; readonly placeIds: readonly PlaceId[] | null },
): Promise<OwedRow[]> {
  const { rows } = await sql<OwedRow>`
    select entity_id as "entityId", place_id as "placeId", what, currency,
           coalesce(sum(taken - given) filter (where business_date < ${from}::date), 0)::bigint as opening,
           coalesce(sum(taken) filter (where business_date >= ${from}::date), 0)::bigint as taken,
           coalesce(sum(given) filter (where business_date >= ${from}::date), 0)::bigint as given
      from ledger.read_owed
     where business_date <= ${to}::date and (${placeIds}::uuid[] is null or place_id = any(${placeIds}::uuid[]))
     group by 1, 2, 3, 4 order by what, entity_id, place_id, currency`.execute(ctx.db);
  return rows;
}
