import type { TenderInput } from "@weft/contracts/client";
import { newId, type Id, type OrderId } from "@weft/kernel";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { saleBodyOf, type ExchangeHere, type OwnPrices, type PricedTicket } from "../../../../hub/src/modules/till/domain/index.ts";
import { exchangeFactsOf } from "../book/return-facts.ts";
import { ticketFactsOf } from "../book/ticket-facts.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { buyer } from "../pay/record-sale.ts";
import { clearTicket, mustBeUnpaid, settleOrCut, ticket } from "../ticket/ticket.ts";
import { keep } from "./kept.ts";
import { ownReturnKey, paperOf, type Taking } from "./own-return.ts";
import { receiptOf } from "./receipt.ts";

type Exchanging = Omit<Taking, "refund"> & {
  readonly prices: OwnPrices;
  readonly agreed: ExchangeHere;
  /** What pays a difference. */
  readonly cash: Extract<TenderInput, { kind: "cash" }> | null;
};

/**
 * Exchanges goods of an own sale for the ticket without the hub [TIL-55]: the act, its one ticket in the journal, its number and what went out are kept in
 * one transaction. Answers the id of the return. Throws `PaidBefore` where the ticket was paid already.
 */
export async function exchangeOnHere(out: PricedTicket, exchanging: Exchanging): Promise<string> {
  const { own, units, plan, late, till, prices, agreed, cash } = exchanging;
  mustBeUnpaid();
  await settleOrCut();
  const [returnId, orderId, at] = [newId<Id<"return">>(), newId<OrderId>(), new Date().toISOString()];
  const { cart, dining } = ticket();
  const cartId = cart?.id ?? out.view.id;
  const terms = { shiftId: till.shift.id, cartId, orderId, dining, customer: buyer(), cash: null, version: prices.version };
  const tenders = agreed.difference > 0 && cash ? [paidIn(cash, agreed.difference)] : [];
  const sale = { ...saleBodyOf(out, terms), tenders };
  const body = {
    shiftId: till.shift.id,
    returnId,
    orderId: own.sale.orderId,
    lines: [...units],
    total: plan.total,
    taxes: plan.taxes.map(({ rate, net, tax, gross }) => ({ rate, net, tax, gross })),
    ...(agreed.rounding !== 0 && { rounding: agreed.rounding }),
    ...(late && { late }),
    sale,
  };
  const receipt = receiptOf(out, {
    orderId,
    at,
    register: till.register,
    cashier: till.staff.name,
    seller: prices.seller,
    tenders,
    locale: currentLocale(),
  });
  const facts = exchangeFactsOf({
    out: ticketFactsOf(out, sale, till.register.training),
    returnId,
    sale: own.sale,
    names: own.names,
    plan,
    rounding: agreed.rounding,
    late,
  });
  const { number } = await registerOutbox().keep("exchange.record", body, { cartId, orderId, at, receipt }, facts);
  await keep(
    ownReturnKey(returnId),
    paperOf({ own, plan, till }, { returnId, number, refunds: movedBy(exchanging), exchangeOrderId: orderId }),
  );
  clearTicket();
  return returnId;
}

function paidIn({ received, rounding }: NonNullable<Exchanging["cash"]>, amount: number) {
  return { kind: "cash", amount, received: received ?? amount + (rounding ?? 0), ...(rounding !== undefined && { rounding }) } as const;
}

/** What came back pays for what went out, and the rest is cash. */
function movedBy({ plan, agreed: { difference }, own }: Exchanging) {
  const money = (amount: number) => ({ amount, currency: own.sale.total.currency });
  const given = Math.max(0, -difference);
  return [
    ...(plan.total > given ? [{ kind: "exchange" as const, amount: money(plan.total - given) }] : []),
    ...(given > 0 ? [{ kind: "cash" as const, amount: money(given) }] : []),
  ];
}
