import type { CartView, RegisterView, SessionView, TillCommandAnswerView } from "@weft/contracts/client";
import { newId, type OrderId } from "@weft/kernel";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { inOrder, saleBodyOf, type OwnPrices, type PricedTicket, type SaleBody } from "../../../../hub/src/modules/till/domain/index.ts";
import { ticketFactsOf } from "../book/ticket-facts.ts";
import { receiptOf } from "../local/receipt.ts";
import { keepAddress, newReceiptToken } from "../receipt/address.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { pricedHere, ticket } from "../ticket/ticket.ts";
import { handedOver, type PartTender } from "./payment.ts";

/** How a sale that this register made by itself was paid. */
type Taken = SaleBody["tenders"][number];
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
 * The ticket as this register may sell it by itself: for cash and what it took by itself, taken along, at prices that are its own to know. While
 * the hub is there it is told of a card before the sale, else a card that the terminal beside the till has taken is as good as cash [TIL-41].
 * Undefined where the hub has to be asked: goods that go their own way, services at a time, rewards, gift cards, companies; or where, asked, it shows other prices
 * than the copy here. `isAway`: the hub is out of reach although nothing was tapped since.
 */
export function ownSale(cart: CartView, tenders: readonly PartTender[], isAway = false): PricedTicket | undefined {
  const { collect, isCut, shownCard } = ticket();
  const taken = tenders.map(takenHere);
  if (collect !== null || taken.includes(null)) return undefined;
  const isAlone = isCut || isAway || shownCard !== null || tenders.some((tender) => "right" in tender);
  if (!isAlone && tenders.some(({ kind }) => kind !== "cash")) return undefined;
  if (cart.rewards.length > 0 || cart.lines.some(({ elsewhere, isGiftCard, service }) => elsewhere || isGiftCard || service))
    return undefined;
  if (isCut) return ticket().local ?? undefined;
  if (cart.company || cart.delivery || cart.offer) return undefined;
  const own = pricedHere(cart);
  return own && isSamePrice(own.view, cart) ? own : undefined;
}

/** A payment as a sale of this register keeps it; null of what the hub has to take. */
export function takenHere(tender: PartTender): Taken | null {
  if ("right" in tender) return tender;
  const { kind, amount } = tender;
  const tip = "tip" in tender && tender.tip !== undefined && { tip: tender.tip };
  if (kind === "card") return tender.token.startsWith("terminal:") ? { kind, amount, token: tender.token, ...tip } : null;
  if (kind !== "cash") return null;
  const { received = handedOver(tender), rounding } = tender;
  return { kind, amount, received, ...(rounding !== undefined && { rounding }), ...tip };
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
  tenders: readonly PartTender[],
  { shiftId, register, staff, prices }: Selling,
): Promise<Recorded> {
  const orderId = newId<OrderId>();
  const { cart: held, dining, bills, tab } = ticket();
  const cartId = held?.id ?? own.view.id;
  const receiptToken = newReceiptToken();
  const body = {
    ...saleBodyOf(own, { shiftId, cartId, orderId, dining, customer: buyer(), cash: null, version: prices.version }),
    tenders: inOrder(tenders.flatMap((tender) => takenHere(tender) ?? [])),
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
    ...(tab && { tab }),
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
