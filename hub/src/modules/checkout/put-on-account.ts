import { err, ok, type Money, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { customerOf, recordsOf } from "../customers/index.ts";
import { isInvoiced } from "../orders/index.ts";
import { planTenders, type WantedTender } from "../payments/index.ts";
import type { CheckoutError } from "./errors.ts";
import type { PreparedChange } from "./prepare-change.ts";

/**
 * What an order on account costs more comes onto the account, under the lock of its company as the last before balances [CHK-28]: the limit holds for it as
 * for an order, and its buyer must still order for the company. Once the order stands on the invoice of its month, more is paid otherwise. Another way of
 * paying comes by here without a statement. Errors: `company.may_not_order`, `payment.method_not_offered`; WF022 and WF023 of the database.
 */
export async function putOnAccount(
  ctx: Ctx,
  { entry }: PreparedChange,
  difference: Money,
  tenders: readonly WantedTender[],
): Promise<Result<null, CheckoutError>> {
  const planned = difference.amount > 0 && tenders.some(({ kind }) => kind === "account") ? planTenders(difference, tenders) : null;
  const amount = planned?.ok ? planned.value.reduce((sum, tender) => (tender.kind === "account" ? sum + tender.amount : sum), 0) : 0;
  const { id: orderId, record_id: recordId, currency } = entry.order;
  if (amount === 0 || !entry.company) return ok(null);
  if (await isInvoiced(ctx, orderId)) return err({ code: "payment.method_not_offered", kind: "account" });
  const records = recordId ? await recordsOf(ctx, await customerOf(ctx, recordId)) : [];
  const { rows } = await sql<{ may: boolean }>`
    select companies.may_order(${entry.company.id}, ${records}::uuid[]) as may`.execute(ctx.db);
  if (!rows[0]?.may) return err({ code: "company.may_not_order" });
  const { kind, staff } = ctx.actor;
  await sql`
    select checkout.charge_account(${entry.company.id}, ${orderId}, ${amount}, ${currency}, ${kind}, ${staff?.id ?? null}, ${ctx.now}, true)`.execute(
    ctx.db,
  );
  return ok(null);
}
