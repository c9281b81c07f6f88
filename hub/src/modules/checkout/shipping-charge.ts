import { divideRounded, wallClock, type LineId } from "@weft/kernel";
import type { BookEntry, NewOrderLine } from "../orders/index.ts";
import { drawDelivery, pricingSnapshot, rateDelivery, taxRateFor } from "../pricing/index.ts";
import type { DeliveryMethod } from "../promises/index.ts";
import { deliveryLine } from "./domain/index.ts";
import type { ChangeReader } from "./prepare-change.ts";

/**
 * What shipping costs an order that was to be fetched [CHK-31]: the price of the way today, free from its amount on by what the goods of the
 * order still cost, taxed where they arrive. Undefined where nobody knows its tax.
 */
export async function shippingCharge(
  ctx: ChangeReader,
  { order, lines }: BookEntry,
  method: DeliveryMethod,
  country: string,
): Promise<NewOrderLine | undefined> {
  const { price, taxClass, freeFrom, name } = method;
  const context = "take_away";
  const { date } = wallClock(ctx.now, order.time_zone);
  const rateOf = taxRateFor(await ctx.snapshots.current(pricingSnapshot), { country, taxClass, context, date });
  if (!rateOf) return undefined;
  const goods = lines.filter(({ kind }) => kind === "goods");
  const worth = goods.map(({ total, ordered, canceled, returned, tax_rate: rate }) => ({
    amount: divideRounded(BigInt(total) * BigInt(ordered - canceled - returned), BigInt(ordered)),
    rate,
    country,
  }));
  const around = { context: { taxContext: context }, included: true, rateOf } as const;
  const rated = rateDelivery({ price, taxClass, freeFrom, taxPlace: { country } }, worth, around);
  const { numerator, denominator } = rated.taxRate;
  const tax = divideRounded(BigInt(rated.amount) * BigInt(numerator), BigInt(numerator + denominator));
  const position = 1 + Math.max(0, ...lines.map((line) => line.position));
  return deliveryLine(drawDelivery(rated, tax, true), { name, currency: order.currency, position, id: ctx.newId<LineId>() });
}
