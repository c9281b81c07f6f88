import type { CartView, RegisterView, SessionView, TenderInput, TillCommandAnswerView } from "@weft/contracts/client";
import { newId, type OrderId } from "@weft/kernel";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { saleBodyOf, type OwnPrices, type PricedTicket } from "../../../../hub/src/modules/till/domain/index.ts";
import { ticketFactsOf } from "../book/ticket-facts.ts";
import { receiptOf } from "../local/receipt.ts";
import { keepAddress, newReceiptToken } from "../receipt/address.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { pricedHere, ticket } from "../ticket/ticket.ts";

type Cash = Extract<TenderInput, { kind: "cash" }>;
export type Selling = {
  readonly shiftId: string;
  readonly register: RegisterView;
  readonly staff: NonNullable<SessionView["staff"]>;
  readonly prices: OwnPrices;
};

/** A sale that is safe on this register; the hub's answer comes whenever it does. */
export type Recorded = {
  readonly orderId: string;
  readonly answered: Promise<TillCommandAnswerView>;
  /** Where this register signs its journal; else the hub gives it. */
  readonly receiptNumber: string | null;
};

/**
 * The ticket as this register may sell it by itself: for cash alone, taken along, at prices that are its own to know. Undefined where the
 * hub has to be asked: goods that go their own way, rewards, gift cards, companies; or where, asked, it shows other prices than the copy here.
 */
export function ownSale(cart: CartView, tender: TenderInput | null, hasValues: boolean): PricedTicket | undefined {
  const { collect, isCut } = ticket();
  if (hasValues || collect !== null || (tender !== null && tender.kind !== "cash")) return undefined;
  if (cart.rewards.length > 0 || cart.lines.some(({ elsewhere, isGiftCard }) => elsewhere || isGiftCard)) return undefined;
  if (isCut) return ticket().local ?? undefined;
  if (cart.company || cart.delivery || cart.offer) return undefined;
  const own = pricedHere(cart);
  return own && isSamePrice(own.view, cart) ? own : undefined;
}

function isSamePrice(own: CartView, hub: CartView): boolean {
  const sums = ({ totals, lines }: CartView): string =>
    JSON.stringify([
      totals.total,
      totals.taxes.map(({ rate, net, tax }) => [rate, net.amount, tax.amount]),
      lines.map(({ id, total }) => [id, total.amount]),
    ]);
  return sums(own) === sums(hub);
}

/** Writes the sale, its command and its receipt in one transaction; done once the disk has it. Throws `PaidBefore` where the ticket was paid already. */
export async function recordSale(own: PricedTicket, cash: Cash | null, { shiftId, register, staff, prices }: Selling): Promise<Recorded> {
  const orderId = newId<OrderId>();
  const { cart: held, dining, customer, newCustomer } = ticket();
  const cartId = held?.id ?? own.view.id;
  const who = customer
    ? ({ kind: "known", customerId: customer.customerId } as const)
    : newCustomer && ({ kind: "created", ...newCustomer } as const);
  const receiptToken = newReceiptToken();
  const body = { ...saleBodyOf(own, { shiftId, cartId, orderId, dining, customer: who, cash, version: prices.version }), receiptToken };
  const at = new Date().toISOString();
  const [tender = null] = body.tenders;
  const receipt = receiptOf(own, { orderId, at, register, cashier: staff.name, seller: prices.seller, tender, locale: currentLocale() });
  const facts = ticketFactsOf(own, body, register.training);
  const { answered, number } = await registerOutbox().keep("sale.record", body, { cartId, orderId, at, receipt }, facts);
  keepAddress(orderId, receiptToken);
  return { orderId, answered, receiptNumber: number };
}
