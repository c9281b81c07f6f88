import { err, ok, type CartId, type OrderId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { BroughtGoods, TakenBack, TakesBack } from "../checkout/index.ts";
import { readOrder } from "../orders/index.ts";
import { movedFor, valueReturned, type ReturnedValue, type WantedTender } from "../payments/index.ts";
import type { Ctx } from "../../platform/index.ts";
import type { ReturnId } from "./commands.ts";
import type { PlannedReturn, ReturnedUnits } from "./domain/index.ts";
import type { ReturnError } from "./errors.ts";
import { nameExchange } from "./name-receipt.ts";
import { takeAnnounced } from "./requests/decide.ts";
import type { ReturnPart, TakenReturn } from "./take-return.ts";

/**
 * Goods that come back for others at a register: what was paid for them pays for what goes out, up to `total` [RET-13]. Errors: those of `takeAnnounced`,
 * `return.exchange_needs_customer`.
 */
export async function takeForOthers(
  ctx: Ctx,
  { returnId: id, requestId, ...brought }: BroughtGoods,
  { cartId, total }: { readonly cartId: CartId; readonly total: number },
): Promise<Result<TakenReturn, ReturnError>> {
  // What is exchanged goes on to other goods, and the rest to where it came from.
  const taken = await takeAnnounced(ctx, requestId, { id, ...brought, hasDrawer: true, refundTo: "tender", exchangeFor: total });
  if (!taken.ok) return taken;
  const { again, entry } = taken.value;
  if (again.some(({ kind }) => kind === "store_credit") && !(await isSamePerson(ctx, entry.order.record_id, cartId)))
    return err({ code: "return.exchange_needs_customer" });
  return taken;
}

/** Store credit pays for whom it belongs to: the customer of the ticket has to be the one of the order. */
async function isSamePerson({ db }: Pick<Ctx, "db">, recordId: RecordId | null, cartId: CartId): Promise<boolean> {
  const { rows } = await sql<{ isSame: boolean }>`
    select cart.record_id in (select customers.records_of(${recordId}::uuid)) as "isSame"
      from carts.read_open cart where cart.id = ${cartId}`.execute(db);
  return recordId !== null && (rows[0]?.isSame ?? false);
}

/** As a tender of what goes out. */
export const payingAgain = ({ kind, cardId, amount }: ReturnedValue): WantedTender =>
  kind === "gift_card" ? { kind, amount, cardId: cardId ?? undefined } : { kind, amount };

/** How checkout takes goods back, while a card is asked about the difference and when it has paid it [CHK-29]. */
export const takesBack: TakesBack = {
  async take(ctx, brought, sale) {
    const taken = await takeForOthers(ctx, brought, sale);
    return taken.ok ? ok(asPaying(taken.value)) : taken;
  },
  name: (ctx, { returnId }, orderId) => nameExchange(ctx, returnId, orderId),
};

function asPaying({ moved, again, entry, plan }: TakenReturn): TakenBack {
  const onShelf = new Set(plan.units.flatMap(({ orderLineId, disposition }) => (disposition === "restock" ? [orderLineId] : [])));
  const restocked = entry.lines.flatMap(({ id, variant_id }) => (variant_id !== null && onShelf.has(id) ? [variant_id] : []));
  return { moved, again: again.map(payingAgain), restocked };
}

/** A return as its ticket says it. */
export type TicketedReturn = Pick<TakenReturn, "id" | "entry" | "refunds" | "moved" | "again"> & {
  readonly plan: Pick<PlannedReturn, "units" | "total" | "taxes">;
};

type Row = {
  readonly orderId: OrderId;
  readonly total: number;
  readonly taxes: PlannedReturn["taxes"];
  readonly refunds: readonly ReturnPart[];
  readonly units: readonly ReturnedUnits[];
};

/**
 * A return whose goods went for others once a card had paid the difference, for the ticket that is written after that [TIL-64]. The card paid on top of it,
 * so all that it gave back pays again. Null when there is none.
 */
export async function readExchanged(ctx: Pick<Ctx, "db">, id: ReturnId): Promise<TicketedReturn | null> {
  const { rows } = await sql<Row>`
    select r.order_id as "orderId", r.total, r.taxes, r.refunds,
           (select jsonb_agg(jsonb_build_object('orderLineId', l.order_line_id, 'kind', l.kind, 'quantity', l.quantity, 'reason', l.reason,
                                                'disposition', l.disposition, 'total', l.total, 'tax', l.tax) order by l.position)
              from returns.return_line l where l.return_id = r.id) as units
      from returns.return_order r where r.id = ${id} and r.exchange_order_id is not null`.execute(ctx.db);
  const [row] = rows;
  if (!row) return null;
  const { orderId, refunds, ...plan } = row;
  const entry = await readOrder(ctx, orderId);
  if (!entry) throw new Error(`order ${orderId} came back and is not there`);
  return { id, entry, refunds, plan, moved: await movedFor(ctx, `exchange ${id}`), again: await valueReturned(ctx, `return ${id}`) };
}
