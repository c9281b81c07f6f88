import { err, ok, type CartId, type CodedError, type OrderId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Actor, Ctx } from "../../platform/index.ts";
import type { MovedMoney, WantedTender } from "../payments/index.ts";
import type { SaleDeps } from "./complete-sale.ts";
import type { BroughtGoods, SaleRequest } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import { prepareSale, type PreparedSale, type SaleTerms } from "./prepare-sale.ts";

/** What goods that came back pay for other goods with. */
export type TakenBack = {
  /** Their money, which moves on [PAY-30]. */
  readonly moved: readonly MovedMoney[];
  /** Their stored value, which went back and pays anew [PAY-45]. */
  readonly again: readonly WantedTender[];
  /** What of them goes out again from the counter, whatever the shelf holds. */
  readonly restocked: readonly VariantId[];
};

/** Takes goods back for others, in the transaction that is open: by the module that owns returns, which stands above this one. */
export type TakesBack = {
  take(ctx: Ctx, brought: BroughtGoods, sale: { readonly cartId: CartId; readonly total: number }): Promise<Result<TakenBack, CodedError>>;
  /** Keeps what they were exchanged for. */
  name(ctx: Ctx, brought: BroughtGoods, orderId: OrderId): Promise<void>;
};

export type ExchangeDeps = SaleDeps & { readonly takesBack: TakesBack };

type JudgedExchange = { readonly sale: PreparedSale; readonly restocked: readonly VariantId[] };

/**
 * Judges a sale that goods which come back pay a part of [CHK-29], by taking them back and undoing that: what they pay with, store credit that is
 * there by then among it, is known no other way. Nothing of it stays. Errors: `checkout.not_taken_back`, those of `prepareSale`.
 */
export async function judgeExchange(
  ctx: Ctx,
  deps: ExchangeDeps,
  request: SaleRequest & { readonly brought: BroughtGoods },
  terms: SaleTerms,
): Promise<Result<JudgedExchange, CheckoutError>> {
  await sql`savepoint exchange`.execute(ctx.db);
  const taken = await takeBack(ctx, deps, request, request.brought);
  if (!taken.ok) return taken;
  const { moved, again, restocked } = taken.value;
  const sale = await prepareSale(ctx, deps.vault, { ...request, moved, tenders: [...again, ...request.tenders] }, terms);
  if (!sale.ok) return sale;
  await sql`rollback to savepoint exchange`.execute(ctx.db);
  return ok({ sale: sale.value, restocked });
}

/**
 * The request of a sale with what the goods that came back pay now: they are taken back here, in the name of who took them at the counter. Its
 * tenders hold their stored value since it was judged, so if they pay with anything else by now, the sums differ and nothing is sold.
 */
export async function withGoodsBack(
  ctx: Ctx,
  deps: ExchangeDeps,
  request: SaleRequest,
  by: Actor | null,
): Promise<Result<SaleRequest, CheckoutError>> {
  if (!request.brought) return ok(request);
  const taken = await takeBack(by ? { ...ctx, actor: by } : ctx, deps, request, request.brought);
  return taken.ok ? ok({ ...request, moved: taken.value.moved }) : taken;
}

async function takeBack(
  ctx: Ctx,
  { takesBack }: ExchangeDeps,
  { cartId, expectedTotal }: SaleRequest,
  brought: BroughtGoods,
): Promise<Result<TakenBack, CheckoutError>> {
  const taken = await takesBack.take(ctx, brought, { cartId, total: expectedTotal.amount });
  return taken.ok ? taken : err({ code: "checkout.not_taken_back", because: taken.error });
}
