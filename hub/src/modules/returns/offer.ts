import type { ReturnOfferView } from "@weft/contracts";
import { asId, ok, type BusinessDate, type LineId, type OrderId, type Result } from "@weft/kernel";
import { wouldTakeBack } from "../loyalty/index.ts";
import { namesOf, payingChanges } from "../orders/index.ts";
import { planRefund, standingTenders, type RefundTarget } from "../payments/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { planReturn, returnableOf, type BroughtUnits } from "./domain/index.ts";
import type { ReturnError } from "./errors.ts";
import { listReturns } from "./queries.ts";
import { standingOf, type Counter, type Standing } from "./standing.ts";
import { leftAfter } from "./take-return.ts";

type Asked = { readonly orderLineId: LineId; readonly quantity: number };

/** Units as a query names them: `<line id>:<quantity>`, separated by commas. */
export function readUnits(text: string | undefined): Asked[] {
  return (text ?? "")
    .split(",")
    .filter((part) => part !== "")
    .map((part) => ({ orderLineId: asId<LineId>(part.slice(0, part.indexOf(":"))), quantity: Number(part.slice(part.indexOf(":") + 1)) }));
}

/**
 * What of an order can come back at a place now, why not, and what would go back for some units of it, as `takeReturn` would do it.
 * Errors: those of `standingOf` and `planReturn`.
 */
export async function returnOffer(
  ctx: ReadCtx,
  orderId: OrderId,
  counter: Counter,
  asked: readonly Asked[],
  { announcedOn, refundTo }: { readonly announcedOn?: BusinessDate; readonly refundTo?: RefundTarget | undefined } = {},
): Promise<Result<ReturnOfferView, ReturnError>> {
  const found = await standingOf(ctx, orderId, counter, announcedOn);
  if (!found.ok) return found;
  const standing = found.value;
  const refund = asked.length === 0 ? ok(null) : await refundOf(ctx, standing, asked, refundTo ?? standing.refundTargets[0]);
  if (!refund.ok) return refund;
  const { order, customer } = standing.entry;
  const names = await namesOf(ctx.snapshots);
  return ok({
    orderId: order.id,
    orderNumber: order.number,
    customerName: customer.name,
    placedAt: order.placed_at.toISOString(),
    timeZone: order.time_zone,
    channelKind: names.channelKind(order.channel_id),
    placeName: order.place_id && names.placeName(order.place_id),
    closed: standing.closed,
    until: standing.until,
    refundTargets: [...standing.refundTargets],
    lines: offeredLines(standing),
    refund: refund.value,
    returns: await listReturns(ctx, {
      recordIds: null,
      channelId: null,
      orderId,
      number: null,
      placeIds: null,
      channelKind: null,
      before: null,
      limit: 50,
    }),
  });
}

function offeredLines({ entry, lines }: Standing): ReturnOfferView["lines"] {
  const { currency } = entry.order;
  return entry.lines.flatMap((line, index) => {
    const standing = lines[index];
    if (!standing || line.kind !== "goods" || line.fulfilled === 0) return [];
    return {
      orderLineId: line.id,
      sku: line.sku,
      name: line.name,
      options: line.options.map(({ name }) => name),
      unit: line.unit,
      sold: line.ordered - line.canceled,
      returned: line.returned,
      returnable: returnableOf(standing),
      isRestockable: standing.isRestockable,
      isFaultyOnly: standing.isFaultyOnly,
      ...(line.trace && { trace: line.trace }),
      ...(standing.isCalledBack && { isCalledBack: standing.isCalledBack }),
      total: { amount: line.total, currency },
    };
  });
}

/** What goes back does not depend on why goods came back or what becomes of them. */
const UNDECIDED: Pick<BroughtUnits, "reason" | "disposition"> = { reason: "defective", disposition: "write_off" };

async function refundOf(
  ctx: ReadCtx,
  { entry, lines }: Standing,
  asked: readonly Asked[],
  target: RefundTarget | undefined,
): Promise<Result<NonNullable<ReturnOfferView["refund"]>, ReturnError>> {
  const planned = planReturn(
    lines,
    asked.map((units) => ({ ...units, ...UNDECIDED })),
  );
  if (!planned.ok) return planned;
  const plan = planned.value;
  const { id, currency } = entry.order;
  const money = (amount: number) => ({ amount, currency });
  const { taken, given } = await wouldTakeBack(ctx, id, await payingChanges(ctx, id), leftAfter(entry, plan));
  return ok({
    total: money(plan.total),
    tax: money(plan.tax),
    delivery: money(plan.delivery),
    parts: planRefund(await standingTenders(ctx, id), plan.total, target).map(({ kind, amount }) => ({ kind, amount: money(amount) })),
    pointsTaken: taken,
    pointsGiven: given,
  });
}
