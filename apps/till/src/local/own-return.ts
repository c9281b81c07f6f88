import type { ReturnedUnitsView, ReturnOfferView, ReturnView } from "@weft/contracts/client";
import { asId, businessDate, newId, type Id, type LineId } from "@weft/kernel";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import type { PlannedReturn } from "../../../../hub/src/modules/returns/domain/index.ts";
import {
  cashLeft,
  goneBefore,
  linesHere,
  planReturnHere,
  refundHere,
  type GoodsHere,
  type NotHere,
  type RefundHere,
  type SaleBody,
} from "../../../../hub/src/modules/till/domain/index.ts";
import { returnFactsOf } from "../book/return-facts.ts";
import type { Till } from "../device/till-context.ts";
import { keptActs, numberGiven, registerOutbox, soldHere } from "../outbox/register-outbox.ts";
import type { BodyOfKind, OutboxRow } from "../outbox/rows.ts";
import { keep } from "./kept.ts";
import { cameBack, completedAs, namesOf, soldWithHub, type OwnSold } from "./own-sold.ts";

export type { OwnSold } from "./own-sold.ts";

/** The sale whose receipt is shown, where this till made it, alone or with the hub [TIL-72], and still keeps it: what the hub would be asked for. */
export async function ownSold(shown: string, registerId: string): Promise<OwnSold | undefined> {
  const sales = soldHere();
  const [found, acts] = await Promise.all([sales?.ofShown(shown), keptActs(registerId)]);
  if (found?.row?.command["kind"] !== "sale.record") return completedHere(shown, acts);
  const sale = found.row.command["body"] as SaleBody; // of its kind
  const { receipt, at } = found.sale;
  const { number, businessDate: soldOn } = receipt;
  return {
    sale,
    number: found.row.answer?.receiptNumber ?? number,
    businessDate: soldOn,
    at,
    names: namesOf(sale, receipt),
    before: cameBack(sale.orderId, acts),
  };
}

async function completedHere(shown: string, acts: readonly OutboxRow[]): Promise<OwnSold | undefined> {
  const row = completedAs(acts, { shown, signed: await soldHere()?.signedAs(shown.trim().toUpperCase()) });
  return row && soldWithHub(row, { given: await numberGiven(row.id), locale: currentLocale(), acts });
}

/** How its money goes back without the hub, or why it does not; of a part of it, where it is asked about that part. */
export const refundOf = ({ sale, before }: OwnSold, goods: GoodsHere, total = 0): RefundHere | NotHere =>
  refundHere(sale, { total, gone: goneBefore(linesHere(sale, before, goods)) });

/** What of it still goes back in cash, in minor units. */
export const cashLeftOf = ({ sale, before }: OwnSold, goods: GoodsHere): number =>
  cashLeft(sale, goneBefore(linesHere(sale, before, goods)));

/** Its lines as the screen of returns shows those of any order. */
export function offeredLines(own: OwnSold, goods: GoodsHere): ReturnOfferView["lines"] {
  const { names } = own;
  return linesHere(own.sale, own.before, goods).map((line, index) => {
    const sold = own.sale.lines[index];
    const { name = "", options = [] } = names.get(line.id) ?? {};
    return {
      orderLineId: line.id,
      sku: sold?.sku ?? "",
      name: { en: name },
      options: options.map((option) => ({ en: option })),
      unit: sold?.unitPrice.per.unit === "gram" ? "gram" : "piece",
      sold: line.ordered,
      returned: line.returned,
      returnable: line.fulfilled - line.returned,
      isRestockable: line.isRestockable,
      isFaultyOnly: line.isFaultyOnly,
      ...(sold?.trace && { trace: sold.trace }),
      total: { amount: line.total, currency: own.sale.total.currency },
    };
  });
}

/** What goes back for units of it; null for none, or for more than are left. */
export function planOf(own: OwnSold, units: readonly ReturnedUnitsView[], goods: GoodsHere): PlannedReturn | null {
  if (units.length === 0) return null;
  const brought = units.map((unit) => ({ ...unit, orderLineId: asId<LineId>(unit.orderLineId) })); // of its own sale
  const planned = planReturnHere(linesHere(own.sale, own.before, goods), brought);
  return planned.ok ? planned.value : null;
}

/** Goods that come back later than on the days of the policy: why, and who stands behind it. */
export type TakenLate = NonNullable<NonNullable<BodyOfKind<"return.take">["happened"]>["late"]>;

export type Taking = {
  readonly own: OwnSold;
  readonly units: readonly ReturnedUnitsView[];
  readonly plan: PlannedReturn;
  readonly late: TakenLate | undefined;
  readonly refund: RefundHere;
  readonly till: Pick<Till, "shift" | "register" | "staff" | "timeZone">;
};

/**
 * Takes goods of an own sale back without the hub [TIL-51]: the act, its ticket in the journal and its number are kept in one transaction; then the
 * paper is there. Answers the id of the return.
 */
export async function takeBackHere(taking: Taking): Promise<string> {
  const { own, units, plan, late, refund, till } = taking;
  const { sale, names } = own;
  const returnId = newId<Id<"return">>();
  const rounding = refund === "cash" ? 0 - cashRounding(plan.total, till.register.cashRounding) : 0;
  const shiftId = till.shift.id;
  const body = {
    shiftId,
    returnId,
    orderId: sale.orderId,
    lines: [...units],
    happened: {
      refund,
      total: plan.total,
      ...(rounding !== 0 && { rounding }),
      taxes: plan.taxes.map(({ rate, net, tax, gross }) => ({ rate, net, tax, gross })),
      ...(late && { late }),
    },
  };
  const isTraining = till.register.training;
  const facts = returnFactsOf({ shiftId, returnId, isTraining, sale, names, plan, refund, rounding, late });
  const { number } = await registerOutbox().keep("return.take", body, undefined, facts);
  const refunds = [{ kind: refund, amount: { amount: plan.total, currency: sale.total.currency } }];
  await keep(ownReturnKey(returnId), paperOf(taking, { returnId, number, refunds }));
  return returnId;
}

/** Under which a return that this till took by itself is kept. */
export const ownReturnKey = (id: string): string => `return ${id}`;

type Told = Pick<ReturnView, "refunds"> & {
  readonly returnId: string;
  readonly number: string | null;
  /** What went out for it. */
  readonly exchangeOrderId?: string;
};

/** The return as the hub will tell it, without what only the hub knows: its own number, and the points that go with it. */
export function paperOf(
  { own, plan, till }: Pick<Taking, "own" | "plan" | "till">,
  { returnId, number, refunds, exchangeOrderId }: Told,
): ReturnView {
  const { sale, names } = own;
  const money = (amount: number) => ({ amount, currency: sale.total.currency });
  const at = new Date();
  return {
    id: returnId,
    mode: "live",
    number: null,
    sourceNumber: null,
    orderId: sale.orderId,
    orderNumber: own.number,
    channelKind: "store",
    placeId: till.register.placeId,
    placeName: till.register.placeName,
    customerId: null,
    customerName: null,
    returnedAt: at.toISOString(),
    businessDate: businessDate(at, till.timeZone, 0),
    timeZone: till.timeZone,
    lines: plan.units.flatMap(({ orderLineId, kind, quantity, total, reason, disposition }) => {
      const line = sale.lines.find(({ id }) => id === orderLineId);
      if (!line) return [];
      const { name = line.sku, options = [] } = names.get(orderLineId) ?? {};
      const unit = line.unitPrice.per.unit === "gram" ? ("gram" as const) : ("piece" as const);
      const said = { name: { en: name }, options: options.map((option) => ({ en: option })) };
      return [
        { orderLineId, kind, sku: line.sku, ...said, quantity, unit, unitPrice: line.unitPrice, total: money(total), reason, disposition },
      ];
    }),
    total: money(plan.total),
    tax: money(plan.tax),
    refunds,
    pointsTaken: 0,
    pointsGiven: 0,
    receiptNumber: number,
    staffName: till.staff.name,
    exchangeOrderId: exchangeOrderId ?? null,
    isUnproven: false,
  };
}
