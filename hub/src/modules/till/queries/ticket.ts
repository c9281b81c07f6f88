import type { ReceiptView } from "@weft/contracts";
import type { OrderId, PlaceId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";

/** The last ticket that a register wrote for an order. */
export type Ticket = {
  readonly number: string;
  readonly at: Date;
  readonly registerName: string;
  readonly training: boolean;
  readonly operatorId: StaffId | null;
  readonly hash: Buffer;
  readonly place: ReceiptView["ticket"];
  /** Where its guests sat, and for a day what they were called [TBL-14]; null: at the counter. */
  readonly tab: NonNullable<ReceiptView["tab"]> | null;
};

const TICKET = sql`
    select s.number, s.at, r.name as "registerName", r.training, e.operator_id as "operatorId", e.body_hash as hash,
           jsonb_build_object('register', r.code, 'chain', s.chain, 'seq', s.seq, 'kind', s.kind) as place,
           case when s.table_name is not null then jsonb_build_object('table', s.table_name, 'name',
             (select t.name from till.tab t join orders.read_state o on o.cart_id = t.cart_id where o.id = s.order_id)) end as tab
    from till.sale s
    join till.register r on r.id = s.register_id
    join till.fiscal_entry e on e.register_id = s.register_id and e.chain = s.chain and e.seq = s.seq`;

export async function ticketOf(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<Ticket | undefined> {
  const { rows } = await sql<Ticket>`
    ${TICKET} where s.order_id = ${orderId} and s.kind <> 'return' order by s.at desc limit 1`.execute(ctx.db);
  return rows[0];
}

/** A ticket by its number, where a register of this place wrote it. */
export async function ticketAt(ctx: Pick<ReadCtx, "db">, placeId: PlaceId, number: string): Promise<Ticket | undefined> {
  const { rows } = await sql<Ticket>`${TICKET} where s.number = ${number} and r.place_id = ${placeId}`.execute(ctx.db);
  return rows[0];
}
