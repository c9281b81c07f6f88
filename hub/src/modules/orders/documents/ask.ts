import type { Locale } from "@weft/contracts";
import { err, ok, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { OrderChanged } from "../events.ts";
import type { OrderError } from "../errors.ts";
import { readOrder } from "../queries.ts";
import type { PrintedAddress } from "./plan.ts";

/** Where an invoice is addressed to. */
export type InvoiceAddress = PrintedAddress & { readonly country: string };

/** For whom an invoice is asked, in which language, and of which receipt. */
export type AskedInvoice = {
  readonly name: string;
  readonly address: InvoiceAddress;
  readonly vatNumber: string | null;
  readonly language: Locale;
  readonly receiptNumber: string | null;
};

/**
 * Asks for the invoice of a sale that has a receipt [DOC-15]: it gets its number from the one who gives all numbers, a moment later. Once per order: asked again,
 * also with another name, the first one stands. Errors: `order.unknown`, `invoice.not_possible` for what is history, on account, for a company that has its
 * invoice by itself, or not worth anything any more. Publishes `order.changed.v1`.
 */
export async function askInvoice(ctx: Ctx, orderId: OrderId, asked: AskedInvoice): Promise<Result<"asked" | "stands", OrderError>> {
  const { rows } = await sql<{ stands: boolean; refused: string | null }>`
    select exists (select from orders.document d where d.order_id = o.id and d.kind = 'invoice')
             or exists (select from orders.asked_invoice q where q.order_id = o.id) as stands,
           case when o.mode = 'imported' then 'history'
                when exists (select from orders.order_company c where c.order_id = o.id) then 'company'
                when o.total - o.canceled_amount - o.returned_amount <= 0 then 'nothing_left' end as refused
      from orders.orders o where o.id = ${orderId} for update of o`.execute(ctx.db);
  const [found] = rows;
  if (!found) return err({ code: "order.unknown" });
  if (found.stands) return ok("stands");
  if (found.refused) return err({ code: "invoice.not_possible", because: found.refused });
  const { name, address, vatNumber, language, receiptNumber } = asked;
  const { rows: kept } = await sql`
    insert into orders.asked_invoice (order_id, name, address, vat_number, language, receipt_number, asked_at, asked_by, channel_id, place_id)
    values (${orderId}, ${name}, ${JSON.stringify(address)}::jsonb, ${vatNumber}, ${language}, ${receiptNumber}, ${ctx.now}, ${ctx.actor.staff?.id ?? null},
      ${ctx.actor.channelId}, ${ctx.actor.placeId})
    on conflict (order_id) do nothing returning order_id`.execute(ctx.db);
  // Somebody else asked at the same moment.
  if (kept.length === 0) return ok("stands");
  const entry = await readOrder(ctx, orderId);
  const { record_id: recordId = null, place_id: placeId = null } = entry?.order ?? {};
  await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId });
  return ok("asked");
}
