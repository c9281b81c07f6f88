import type { OrderChangePreviewView } from "@weft/contracts";
import { ok, type OrderId, type Result } from "@weft/kernel";
import { lineLeft, wouldEarnMore, wouldTakeBack, type LineLeft } from "../loyalty/index.ts";
import { depositOf, payingChanges, type NewOrderLine } from "../orders/index.ts";
import { planRefund, standingTenders } from "../payments/index.ts";
import { VOUCHERS } from "../pricing/domain/index.ts";
import { differenceOf } from "./change-order.ts";
import type { CheckoutError } from "./errors.ts";
import { prepareChange, type ChangeReader, type ChangeWish, type PreparedChange } from "./prepare-change.ts";

/** What a change would do to price, tax, points and promise, by the very rule that writes it [CHK-21]. Errors: those of `prepareChange`. */
export async function previewChange(
  ctx: ChangeReader,
  orderId: OrderId,
  wish: ChangeWish,
): Promise<Result<OrderChangePreviewView, CheckoutError>> {
  const prepared = await prepareChange(ctx, orderId, wish);
  if (!prepared.ok) return prepared;
  const { entry, lines, removed, addedTotal, removedTotal, assessed, switched, room } = prepared.value;
  const { order } = entry;
  const money = (amount: number) => ({ amount, currency: order.currency });
  const difference = differenceOf(prepared.value);
  const sum = (of: readonly { readonly tax: number }[]) => of.reduce((all, { tax }) => all + tax, 0);
  const refunds = difference.amount < 0 ? planRefund(await standingTenders(ctx, orderId), -difference.amount) : [];
  return ok({
    version: order.version,
    difference,
    added: money(addedTotal),
    removed: money(removedTotal),
    tax: money(sum(lines) - sum(removed)),
    owed: money(owedAfter(prepared.value)),
    lines: lines.map(({ sku, name, ordered, total, because }) => ({
      sku,
      name,
      quantity: ordered,
      total: money(total),
      because: because.map(({ kind, data }) => (data ? { kind, data } : { kind })),
    })),
    refunds: refunds.map(({ kind, amount }) => ({ kind, amount: money(amount) })),
    points: await pointsBy(ctx, prepared.value),
    promisedAt: (switched?.promisedAt ?? room?.promisedAt ?? assessed?.promise?.promiseAt)?.toISOString() ?? null,
  });
}

const owedAfter = ({ entry: { order }, addedTotal, removedTotal }: PreparedChange): number =>
  order.total - order.canceled_amount - order.returned_amount + addedTotal - removedTotal;

/** Deposits on what is theirs after the change: they earn nothing. */
function depositsAfter({ entry, removed, lines }: PreparedChange): number {
  const kept = entry.lines.map((line) => {
    const gone = removed.reduce((all, { orderLineId, quantity }) => (orderLineId === line.id ? all + quantity : all), 0);
    return depositOf(line, line.ordered - line.canceled - line.returned - gone).total;
  });
  return [...kept, ...lines.map(({ deposit }) => deposit?.total ?? 0)].reduce((all, total) => all + total, 0);
}

/** Goods that are theirs after the change and earn. */
function linesAfter({ entry, removed, lines }: PreparedChange): LineLeft[] {
  const earns = ({ kind, tax_class }: NewOrderLine) => kind === "goods" && tax_class !== VOUCHERS;
  const gone = (id: string) => removed.reduce((all, { orderLineId, quantity }) => (orderLineId === id ? all + quantity : all), 0);
  const left = (line: NewOrderLine, still: number) =>
    lineLeft({ id: line.id, unit: line.unit, ordered: line.ordered, still, amount: line.total - (line.deposit?.total ?? 0) });
  return [
    ...entry.lines.filter(earns).map((line) => left(line, line.ordered - line.canceled - line.returned - gone(line.id))),
    ...lines.filter(earns).map((line) => left(line, line.ordered)),
  ];
}

async function pointsBy(ctx: ChangeReader, prepared: PreparedChange): Promise<number> {
  const { entry, removed, cart } = prepared;
  const { id: orderId, record_id: recordId, currency } = entry.order;
  const changes = await payingChanges(ctx, orderId);
  const left = linesAfter(prepared);
  const paid = owedAfter(prepared) - depositsAfter(prepared);
  const first = entry.lines.filter(({ change_id }) => change_id === null);
  const gone = (ids: ReadonlySet<string>) =>
    removed.reduce((all, { orderLineId, quantity }) => (ids.has(orderLineId) ? all + quantity : all), 0);
  const denominator = first.reduce((all, { ordered }) => all + ordered, 0);
  const still = first.reduce((all, line) => all + line.ordered - line.canceled - line.returned, 0);
  const goods = { numerator: still - gone(new Set(first.map(({ id }) => id))), denominator };
  const { taken, given } =
    removed.length > 0 ? await wouldTakeBack(ctx, orderId, changes, { paid, goods, lines: left }) : { taken: 0, given: 0 };
  const more =
    taken === 0 && recordId !== null && cart?.customer?.known
      ? await wouldEarnMore(ctx, { orderId, changes, recordId, paid, lines: left, currency })
      : null;
  return given - taken + (more?.points ?? 0);
}
