import type { ShiftView } from "@weft/contracts";
import type { PlaceId, RegisterId, ShiftId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { staffNames } from "../../access/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import type { DrawerId, DrawerShiftId } from "./drawers.ts";

/** A shift with what it sold so far. */
export type KnownShift = {
  readonly id: ShiftId;
  readonly registerId: RegisterId;
  readonly placeId: PlaceId;
  readonly currency: string;
  /** Its drawer, and the shift of it that this one is a part of [TIL-60]. */
  readonly drawerId: DrawerId;
  readonly drawerShiftId: DrawerShiftId;
  readonly view: ShiftView;
};

/** What a register had of a drawer's shift; times as the database writes them into JSON. */
type Part = {
  readonly shiftId: ShiftId;
  readonly registerName: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly total: number;
  readonly isCounted: boolean;
};

type Row = {
  id: ShiftId;
  register_id: RegisterId;
  register_name: string;
  place_id: PlaceId;
  business_date: string;
  currency: string;
  drawer_id: DrawerId;
  drawer_name: string;
  drawer_shift_id: DrawerShiftId;
  parts: readonly Part[];
  opened_at: Date;
  opened_by_name: string;
  closed_at: Date | null;
  float_amount: number;
  expected: number | null;
  counted: number | null;
  difference: number | null;
  sales: number;
  total: number;
  cash: number;
  card: number;
  returns: number;
  returned_total: number;
  returned_cash: number;
  returned_card: number;
  rounding: number;
  tips: number;
  tips_cash: number;
  tips_by: readonly { readonly staffId: StaffId | null; readonly total: number }[];
  empties: number;
  empties_total: number;
  opened_without_sale: number;
};

// Who stood at the till gets what was given with the ticket [TIL-16], as its journal entry says. Asked only where there was a tip.
const TIPS_BY = sql`case when sums.tips = 0 then '[]'::jsonb else (
    select jsonb_agg(jsonb_build_object('staffId', given.operator_id, 'total', given.total) order by given.total desc, given.operator_id)
      from (select e.operator_id, sum(t.tip)::bigint as total from till.sale t
              join till.fiscal_entry e on e.register_id = t.register_id and e.chain = t.chain and e.seq = t.seq
             where t.shift_id = s.id and t.tip > 0 group by e.operator_id) given) end`;

// A customer who was opened and bought is no opening without a sale, whichever of their records stands on the ticket.
const SHIFT = sql`
  s.id, s.register_id, r.name as register_name, s.place_id, s.business_date, s.currency, s.opened_at, s.opened_by_name, s.closed_at,
  s.drawer_shift_id, d.id as drawer_id, d.name as drawer_name, drawer.parts,
  coalesce(drawer.float_amount, s.float_amount) as float_amount, s.expected, s.counted, s.difference, sums.sales::integer, sums.total, sums.cash, sums.card,
  sums.returns::integer, sums.returned_total, sums.returned_cash, sums.returned_card,
  sums.rounding + empties.rounding as rounding, sums.tips, sums.tips_cash, ${TIPS_BY} as tips_by, empties.count::integer as empties, empties.total as empties_total,
  (select count(*)::integer from till.customer_opening o where o.shift_id = s.id and not exists (
     select from till.sale bought join till.document_customer c on c.reference = bought.customer_reference
     where bought.shift_id = s.id and customers.customer_of(c.record_id) = customers.customer_of(o.record_id))) as opened_without_sale
  from till.shift s
  join till.register r on r.id = s.register_id
  join till.drawer_shift ds on ds.id = s.drawer_shift_id
  join till.drawer d on d.id = ds.drawer_id
  cross join lateral (
    select jsonb_agg(jsonb_build_object('shiftId', p.id, 'registerName', pr.name, 'openedAt', p.opened_at, 'closedAt', p.closed_at, 'isCounted', p.counted is not null,
             'total', (select coalesce(sum(total) filter (where kind <> 'return'), 0) from till.sale where shift_id = p.id)) order by p.opened_at, p.id) as parts,
           (array_agg(p.float_amount order by p.opened_at, p.id) filter (where not p.joined))[1] as float_amount
      from till.shift p join till.register pr on pr.id = p.register_id where p.drawer_shift_id = s.drawer_shift_id) as drawer
  cross join lateral (
    select count(*) filter (where kind <> 'return') as sales, coalesce(sum(total) filter (where kind <> 'return'), 0)::bigint as total,
           coalesce(sum(cash) filter (where kind <> 'return'), 0)::bigint as cash, coalesce(sum(card) filter (where kind <> 'return'), 0)::bigint as card,
           count(*) filter (where kind = 'return') as returns, coalesce(-sum(total) filter (where kind = 'return'), 0)::bigint as returned_total,
           coalesce(-sum(cash) filter (where kind = 'return'), 0)::bigint as returned_cash,
           coalesce(-sum(card) filter (where kind = 'return'), 0)::bigint as returned_card, coalesce(sum(rounding), 0)::bigint as rounding,
           coalesce(sum(tip), 0)::bigint as tips, coalesce(sum(tip_cash), 0)::bigint as tips_cash
      from till.sale where shift_id = s.id) as sums
  cross join lateral (select count(*) as count, coalesce(sum(total), 0)::bigint as total, coalesce(sum(rounding), 0)::bigint as rounding
                        from till.empties where shift_id = s.id) as empties`;

export async function readShift(ctx: Pick<ReadCtx, "db">, id: ShiftId): Promise<KnownShift | undefined> {
  const { rows } = await sql<Row>`select ${SHIFT} where s.id = ${id}`.execute(ctx.db);
  return (await knownOf(ctx, rows))[0];
}

/** The open shift of a register. */
export async function openShiftAt(ctx: Pick<ReadCtx, "db">, registerId: RegisterId): Promise<KnownShift | undefined> {
  const { rows } = await sql<Row>`select ${SHIFT} where s.register_id = ${registerId} and s.closed_at is null`.execute(ctx.db);
  return (await knownOf(ctx, rows))[0];
}

export type ShiftFilter = {
  readonly placeIds: readonly PlaceId[] | null;
  readonly registerId: RegisterId | null;
  readonly before: { readonly openedAt: Date; readonly id: string } | null;
  readonly limit: number;
};

/** Shifts, the newest first. */
export async function listShifts(ctx: Pick<ReadCtx, "db">, { placeIds, registerId, before, limit }: ShiftFilter): Promise<KnownShift[]> {
  const { rows } = await sql<Row>`
    select ${SHIFT}
    where (${placeIds && [...placeIds]}::uuid[] is null or s.place_id = any(${placeIds && [...placeIds]}::uuid[]))
      and (${registerId}::uuid is null or s.register_id = ${registerId}::uuid)
      and (${before?.id ?? null}::uuid is null or (s.opened_at, s.id) < (${before?.openedAt ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by s.opened_at desc, s.id desc limit ${limit}`.execute(ctx.db);
  return knownOf(ctx, rows);
}

async function knownOf(ctx: Pick<ReadCtx, "db">, rows: readonly Row[]): Promise<KnownShift[]> {
  const tipped = rows.flatMap((row) => row.tips_by.flatMap(({ staffId }) => staffId ?? []));
  const names = tipped.length > 0 ? await staffNames(ctx, tipped) : new Map<StaffId, string>();
  return rows.map((row) => known(row, names));
}

function known(row: Row, names: ReadonlyMap<StaffId, string>): KnownShift {
  const money = (amount: number) => ({ amount, currency: row.currency });
  const counted = (amount: number | null) => (amount === null ? null : money(amount));
  const view: ShiftView = {
    id: row.id,
    registerId: row.register_id,
    registerName: row.register_name,
    placeId: row.place_id,
    businessDate: row.business_date,
    openedAt: row.opened_at.toISOString(),
    openedBy: row.opened_by_name,
    closedAt: row.closed_at?.toISOString() ?? null,
    float: money(row.float_amount),
    expectedCash: counted(row.expected),
    countedCash: counted(row.counted),
    difference: counted(row.difference),
    sales: { count: row.sales, total: money(row.total), cash: money(row.cash), card: money(row.card) },
    returns: { count: row.returns, total: money(row.returned_total), cash: money(row.returned_cash), card: money(row.returned_card) },
    rounding: money(row.rounding),
    tips: {
      total: money(row.tips),
      cash: money(row.tips_cash),
      byStaff: row.tips_by.map(({ staffId, total }) => ({ name: (staffId && names.get(staffId)) ?? null, total: money(total) })),
    },
    empties: { count: row.empties, total: money(row.empties_total) },
    customersOpenedWithoutSale: row.opened_without_sale,
    drawer: {
      id: row.drawer_id,
      name: row.drawer_name,
      registers: row.parts.map(({ openedAt, closedAt, total, ...part }) => ({
        ...part,
        openedAt: new Date(openedAt).toISOString(),
        closedAt: closedAt && new Date(closedAt).toISOString(),
        total: money(total),
      })),
    },
  };
  return {
    id: row.id,
    registerId: row.register_id,
    placeId: row.place_id,
    currency: row.currency,
    drawerId: row.drawer_id,
    drawerShiftId: row.drawer_shift_id,
    view,
  };
}
