import type { EntityId, PlaceId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { staffNames } from "../../../access/index.ts";
import { placesSnapshot, type LegalEntity } from "../../../places/index.ts";
import type { ReadCtx } from "../../../../platform/index.ts";
import type { ArchivePeriod } from "../../archive/format.ts";
import { identityOf } from "../../archive/gather.ts";
import type { DsfinvkClosing, SignedVoucher } from "./rows.ts";
import type { FinishedTransaction } from "./tse.ts";
import { drawerVoucher, voucherOf, type TicketForExport, type Voucher } from "./voucher.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

type ShiftRow = {
  readonly id: string;
  readonly register_id: string;
  readonly code: string;
  readonly training: boolean;
  readonly place_id: PlaceId;
  readonly number: number;
  readonly closed_at: Date;
  readonly closed_by: StaffId | null;
  readonly business_date: string;
  readonly currency: string;
  readonly difference: number;
};

/** The closed shifts of a legal entity's registers in a period, each numbered from the first one of its register on. */
export async function closedShifts(ctx: Reader, entityId: EntityId, { from, until }: ArchivePeriod): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`
    select * from (
      select s.id, s.register_id, r.code, r.training, s.place_id, row_number() over (partition by s.register_id order by s.opened_at)::integer as number,
             s.closed_at, s.closed_by, s.business_date, s.currency, coalesce(s.difference, 0) as difference
        from till.shift s join till.register r on r.id = s.register_id where s.entity_id = ${entityId}) s
     where closed_at is not null and business_date between ${from} and ${until} order by code, number`.execute(ctx.db);
  return rows;
}

/** One closing with every ticket and movement of the drawer that belongs to it. */
export async function closingOf(
  ctx: Reader,
  entity: LegalEntity,
  shift: ShiftRow,
  { tse, softwareVersion }: Pick<DsfinvkClosing, "tse" | "softwareVersion">,
): Promise<DsfinvkClosing> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const place = places.get(shift.place_id);
  const vouchers = [...(await ticketsOf(ctx, shift)), ...(await movementsOf(ctx, shift))].toSorted((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
  const operators = [...new Set(vouchers.flatMap(({ operatorId }) => operatorId ?? []))] as StaffId[]; // ids of staff
  const identity = await identityOf(ctx.db, entity.id);
  return {
    registerCode: shift.code,
    registerId: shift.register_id,
    number: shift.number,
    closedAt: shift.closed_at.toISOString(),
    businessDate: shift.business_date,
    currency: shift.currency,
    company: { name: entity.name, address: entity.address, taxNumber: identity.taxNumber ?? "", vatId: entity.vatId ?? "" },
    place: { name: place?.name ?? "", address: place?.address ?? { line1: "", postcode: "", city: "", country: entity.country } },
    softwareVersion,
    vouchers,
    signed: await signedOf(ctx, shift),
    tse,
    staffNames: await staffNames(ctx, operators),
  };
}

type TicketRow = { readonly kind: string; readonly at: Date; readonly operator_id: string | null; readonly document: TicketForExport };

async function ticketsOf(ctx: Reader, { id, training }: ShiftRow): Promise<Voucher[]> {
  const { rows } = await sql<TicketRow>`
    select e.kind, e.at, e.operator_id, e.body -> 'document' as document
      from (select register_id, chain, seq from till.sale where shift_id = ${id}
            union all select register_id, chain, seq from till.empties where shift_id = ${id}) s
      join till.fiscal_entry e on e.register_id = s.register_id and e.chain = s.chain and e.seq = s.seq
     order by e.chain, e.seq`.execute(ctx.db);
  return rows.map(({ kind, at, operator_id: operatorId, document }) =>
    voucherOf(kind, { document, at: at.toISOString(), operatorId, isTraining: training }),
  );
}

/** What moved the drawer without a ticket, and what the count found more or less. */
async function movementsOf(
  ctx: Reader,
  { id, training, difference, closed_at: closedAt, closed_by: closedBy }: ShiftRow,
): Promise<Voucher[]> {
  const { rows } = await sql<{
    id: string;
    kind: "float" | "in" | "out";
    amount: number;
    reason: string | null;
    at: Date;
    staff_id: string | null;
  }>`
    select id, kind, amount::float8, reason, at, staff_id from till.cash_event
     where shift_id = ${id} and kind in ('float', 'in', 'out') and amount <> 0 order by at, id`.execute(ctx.db);
  const moved = rows.map((row) =>
    drawerVoucher({ ...row, reason: row.reason ?? "", at: row.at.toISOString(), operatorId: row.staff_id, isTraining: training }),
  );
  if (difference === 0) return moved;
  const found = {
    id,
    kind: "difference",
    amount: difference,
    reason: "Kassendifferenz",
    at: closedAt.toISOString(),
    operatorId: closedBy,
  } as const;
  return [...moved, drawerVoucher({ ...found, isTraining: training })];
}

type SignedRow = {
  readonly number: string;
  readonly process: string;
  readonly process_type: string;
  readonly transaction: FinishedTransaction | null;
  readonly error: string | null;
};

async function signedOf(ctx: Reader, { id }: ShiftRow): Promise<ReadonlyMap<string, SignedVoucher>> {
  const { rows } = await sql<SignedRow>`
    select s.number, t.process, t.process_type, t.transaction, t.error
      from (select register_id, chain, seq, number from till.sale where shift_id = ${id}
            union all select register_id, chain, seq, number from till.empties where shift_id = ${id}) s
      join till.tse_signature t on t.register_id = s.register_id and t.chain = s.chain and t.seq = s.seq`.execute(ctx.db);
  return new Map(
    rows.map(({ number, process, process_type: processType, transaction, error }): [string, SignedVoucher] => [
      number,
      transaction ? { kind: "signed", process, processType, transaction } : { kind: "failed", process, processType, error: error ?? "" },
    ]),
  );
}
