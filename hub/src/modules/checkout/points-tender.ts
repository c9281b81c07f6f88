import { err, ok, type Money, type Result } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import type { LoadedCart } from "../carts/index.ts";
import { payableInPoints, pointsToPay, programNow, purseOf } from "../loyalty/index.ts";
import type { PlannedTender } from "../payments/index.ts";
import type { SaleMode } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";

/**
 * Whether points may pay what they are to pay [LOY-26], before anything is written: the ledger decides again under its locks. What happened is only
 * asked whether it can be booked. Errors: `payment.method_not_offered` where the program does not say so, in another currency, or for nobody who is known
 * here; `loyalty.not_enough_points`; `loyalty.points_share` with what they may pay. Without such a tender it is no statement.
 */
export async function judgePointsTender(
  ctx: Ctx,
  tenders: readonly PlannedTender[],
  { cart, total, mode, timeZone }: { readonly cart: LoadedCart; readonly total: Money; readonly mode: SaleMode; readonly timeZone: string },
): Promise<Result<null, CheckoutError>> {
  const inPoints = tenders.filter(({ kind }) => kind === "points");
  const [tender] = inPoints;
  if (!tender) return ok(null);
  const rule = (await programNow(ctx, { timeZone }))?.rule;
  const terms = rule?.terms.paying;
  const refused = err<CheckoutError>({ code: "payment.method_not_offered", kind: "points" });
  if (!terms || inPoints.length > 1 || rule.currency !== total.currency || !cart.customer?.known) return refused;
  if (mode === "recorded") return ok(null);
  const asks = ctx.actor.customer !== null || ctx.actor.staff !== null || ctx.actor.kind === "system";
  const purse = asks ? await purseOf(ctx, cart.recordId) : null;
  if (!purse || !(purse.isHome || ctx.actor.customer !== null)) return refused;
  const missing = pointsToPay(terms, tender.amount) - purse.points;
  if (missing > 0) return err({ code: "loyalty.not_enough_points", missing });
  const payable = payableInPoints(terms, total.amount, purse.points);
  if (payable && tender.amount >= payable.least && tender.amount <= payable.most) return ok(null);
  const money = (amount: number): Money => ({ amount, currency: total.currency });
  return err({ code: "loyalty.points_share", least: money(payable?.least ?? 0), most: money(payable?.most ?? 0) });
}
