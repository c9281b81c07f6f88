import type { EReceiptView, Locale } from "@weft/contracts";
import { err, ok, type OrderId, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { readOrder } from "../../orders/index.ts";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import type { TillError } from "../errors.ts";
import type { Chain } from "../fiscal/index.ts";
import { receiptOfEntry, rewardsOn } from "../queries/receipt.ts";
import { sealOf } from "./seal.ts";
import { hashOfShown } from "./token.ts";

/** An address opens its receipt for three years: as long as the longest legal warranty on goods lasts where we sell [TIL-23]. */
export const RECEIPT_YEARS = 3;

/** The sale that a token opens. Its place in the journal is null until its register has signed it. */
export type TokenSale = {
  readonly orderId: OrderId;
  readonly registerId: RegisterId;
  readonly chain: Chain;
  readonly seq: number | null;
  /** Of the receipt. */
  readonly number: string | null;
  readonly reference: string;
  readonly at: Date;
};

/** The sale behind a token; undefined for one that no sale has, or had too long ago. */
export async function saleOfToken(ctx: Pick<ReadCtx, "db" | "now">, token: string): Promise<TokenSale | undefined> {
  const hash = hashOfShown(token);
  if (!hash) return undefined;
  const { rows } = await sql<TokenSale>`
    select order_id as "orderId", register_id as "registerId", chain, seq::integer, number, customer_reference as reference, at
      from till.sale where receipt_hash = ${hash} and order_id is not null and at > ${ctx.now}::timestamptz - make_interval(years => ${RECEIPT_YEARS}::integer)
     order by at, command_id limit 1`.execute(ctx.db);
  return rows[0];
}

/** The receipt behind a token, without anything of a person [TIL-24]. Errors: `till.no_receipt`. */
export async function readEReceipt(ctx: ReadCtx, vault: Vault, token: string, locale: Locale): Promise<Result<EReceiptView, TillError>> {
  const sale = await saleOfToken(ctx, token);
  const entry = sale && (await readOrder(ctx, sale.orderId));
  if (!sale || !entry) return err({ code: "till.no_receipt" });
  const {
    company: _company,
    cashier: _cashier,
    points: _points,
    training: _training,
    note: _note,
    tab,
    lines,
    ...receipt
  } = await receiptOfEntry(ctx, vault, entry, locale);
  const isKnown = entry.customer.id !== null;
  return ok({
    ...receipt,
    ...(tab && { table: tab.table }),
    lines: lines.map(({ note: _said, orderLineId: _id, ...line }) => line),
    points: isKnown ? { earned: entry.order.points_earned, rewards: rewardsOn(entry.order, locale) } : null,
    seal: await sealOf(ctx, sale),
  });
}
