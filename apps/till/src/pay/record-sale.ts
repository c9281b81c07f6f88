import type { CartView, RegisterView, SessionView, TenderInput, TillCommandAnswerView } from "@weft/contracts/client";
import { newId, type OrderId } from "@weft/kernel";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import {
  saleBodyOf,
  type OwnPrices,
  type PricedTicket,
  type SaleBody,
  type TenderHere,
} from "../../../../hub/src/modules/till/domain/index.ts";
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

/** How it is to be paid: what the rest is paid with, what only the hub can take, and what this register took by itself. */
type Ways = { readonly tender: TenderInput | null; readonly hasValues: boolean; readonly alone: readonly TenderHere[] };

/**
 * The ticket as this register may sell it by itself: for cash and what it took by itself, taken along, at prices that are its own to know. While
 * the hub is there it is told of a card before the sale, else a card that the terminal beside the till has taken is as good as cash [TIL-41].
 * Undefined where the hub has to be asked: goods that go their own way, services at a time, rewards, gift cards, companies; or where, asked, it shows other prices
 * than the copy here.
 */
export function ownSale(cart: CartView, { tender, hasValues, alone }: Ways): PricedTicket | undefined {
  const { collect, isCut, shownCard } = ticket();
  if (hasValues || collect !== null) return undefined;
  if (tender !== null && tender.kind !== "cash" && !(isTakenHere(tender) && (isCut || alone.length > 0 || shownCard !== null)))
    return undefined;
  if (cart.rewards.length > 0 || cart.lines.some(({ elsewhere, isGiftCard, service }) => elsewhere || isGiftCard || service))
    return undefined;
  if (isCut) return ticket().local ?? undefined;
  if (cart.company || cart.delivery || cart.offer) return undefined;
  const own = pricedHere(cart);
  return own && isSamePrice(own.view, cart) ? own : undefined;
}

const isTakenHere = (tender: TenderInput): boolean => tender.kind === "card" && tender.token.startsWith("terminal:");

/** A card that the terminal has taken, as the sale keeps it. */
export function cardHere(tender: TenderInput | null, amount: number): TenderHere | null {
  if (tender?.kind !== "card") return null;
  return { kind: "card", amount, token: tender.token, ...(tender.tip !== undefined && { tip: tender.tip }) };
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
export async function recordSale(
  own: PricedTicket,
  { cash, others }: { readonly cash: Cash | null; readonly others: readonly TenderHere[] },
  { shiftId, register, staff, prices }: Selling,
): Promise<Recorded> {
  const orderId = newId<OrderId>();
  const { cart: held, dining, bills } = ticket();
  const cartId = held?.id ?? own.view.id;
  const receiptToken = newReceiptToken();
  const body = {
    ...saleBodyOf(own, { shiftId, cartId, orderId, dining, customer: buyer(), cash, others, version: prices.version }),
    receiptToken,
    ...(bills.length > 0 && { bills: [...bills] }),
  };
  const at = new Date().toISOString();
  const receipt = receiptOf(own, {
    orderId,
    at,
    register,
    cashier: staff.name,
    seller: prices.seller,
    tenders: body.tenders,
    locale: currentLocale(),
  });
  const facts = ticketFactsOf(own, body, register.training);
  const { answered, number } = await registerOutbox().keep("sale.record", body, { cartId, orderId, at, receipt }, facts);
  keepAddress(orderId, receiptToken);
  return { orderId, answered, receiptNumber: number };
}

/** Who buys, as this register knows it. */
export function buyer(): SaleBody["customer"] {
  const { customer, newCustomer, shownCard } = ticket();
  if (customer) return { kind: "known", customerId: customer.customerId };
  if (newCustomer) return { kind: "created", ...newCustomer };
  return shownCard === null ? null : { kind: "card", shown: shownCard.text, at: shownCard.at };
}
