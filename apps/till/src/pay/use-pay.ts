import { useMutation, useQuery } from "@tanstack/react-query";
import type { CartView, TenderInput, TillCommand, TillCommandAnswerView } from "@weft/contracts/client";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { tipOf } from "../../../../hub/src/modules/payments/domain.ts";
import { inOrder } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { pricesQuery } from "../local/prices.ts";
import { useAway } from "../local/use-away.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { PaidBefore } from "../outbox/rows.ts";
import { keepAddress, newReceiptToken } from "../receipt/address.ts";
import { changeTicket, clearTicket, settleOrCut, ticket, ticketCart } from "../ticket/ticket.ts";
import type { CollectWish } from "../ticket/shape.ts";
import { paidTicket } from "./paid-ticket.ts";
import { changeOf, dropDeclinedOf, markSent, paymentOf, sumOfParts, type PartTender } from "./payment.ts";
import { ownSale, recordSale } from "./record-sale.ts";

/** What the screen says after a sale. */
export type Paid = {
  readonly orderId: string;
  readonly receiptNumber: string | null;
  readonly total: { readonly amount: number; readonly currency: string };
  /** What goes back of the cash that was handed over last, in minor units; null where that was no cash. */
  readonly change: number | null;
  /** Given to the staff on top, in minor units. */
  readonly tip: number;
  /** Owed by the company that it was bought for. */
  readonly isOnAccount: boolean;
  /** All of it by store credit and gift cards. */
  readonly isStored: boolean;
  /** How it was paid, where that was in parts. */
  readonly parts: readonly PartTender[];
  /** It was not taken along. */
  readonly collect: CollectWish | null;
  /** Some of it comes from other stores, or is sent. */
  readonly isMixed: boolean;
  /** Nothing was paid: it is due when it is fetched. */
  readonly isDue: boolean;
  /** Sold by this register itself: what the hub will answer; null where it has answered already. */
  readonly answered: Promise<TillCommandAnswerView> | null;
};

/** How the rest is paid that the parts before it leave; nothing is said where they leave nothing. */
export type Paying = (rest: number) => TenderInput;

/**
 * Pays the ticket: written into the outbox first. What this register may sell by itself is paid once its disk has it, whatever the network does;
 * everything else when the hub has the order.
 */
export function usePay() {
  const { shift, register, staff } = useTill();
  const { data: prices } = useQuery(pricesQuery);
  const isAway = useAway();
  return useMutation({
    mutationFn: async (tenderFor: Paying | null): Promise<Paid> => {
      await settleOrCut();
      const cart = currentCart();
      const { total } = cart.totals;
      const { collect, key } = ticket();
      const payment = paymentOf(key);
      const rest = total.amount - sumOfParts(payment);
      // It was changed while it was paid: somebody looks at what is left first.
      if (rest < 0 || (rest > 0 && tenderFor === null)) throw refusal("cart.total_changed");
      const tender = rest > 0 && tenderFor ? tenderFor(rest) : null;
      const parts = payment.parts.map((part) => part.tender);
      const told = { total, ...toldOf(parts, tender, rest) };
      const [last] = tender ? [asPart(tender, rest)] : [];
      const all = last ? [...parts, last] : parts;
      const own = prices && (tender === null || last) && ownSale(cart, all, isAway);
      if (own) {
        const recorded = await recordSale(own, all, { shiftId: shift.id, register, staff, prices });
        return { ...NOTHING_MORE, ...recorded, ...told };
      }
      const tenders = [...inOrder(all.filter(isForHub)), ...(tender && !last ? [tender] : [])];
      if (ticket().isCut || all.some((part) => !isForHub(part))) throw refusal("till.needs_hub");
      changeTicket({ isPaying: true });
      if (parts.length > 0) markSent(key, true);
      const receiptToken = newReceiptToken();
      const answer = await registerOutbox().perform("sale.complete", {
        shiftId: shift.id,
        cartId: cart.id,
        completion: { ...handOver(register.placeId), tenders, expectedTotal: total },
        ticket: paidTicket(cart),
        ...(ticket().bills.length > 0 && { bills: [...ticket().bills] }),
        receiptToken,
      });
      const { orderId, receiptNumber } = unwrapAnswer(answer);
      if (orderId === null) throw new Error("a sale that is done has an order");
      keepAddress(orderId, receiptToken);
      return {
        ...NOTHING_MORE,
        ...told,
        orderId,
        receiptNumber,
        isOnAccount: tender?.kind === "account",
        collect,
        isMixed: cart.lines.some(({ elsewhere }) => elsewhere),
        isDue: tender?.kind === "due_at_collection",
      };
    },
    onSuccess: clearTicket,
    onError: (error, tenderFor) => {
      // In another tab, or before a reload: the ticket is sold and the next customer's turn.
      if (error instanceof PaidBefore) return clearTicket();
      changeTicket({ isPaying: false });
      return keepWhatStands(error, tenderFor);
    },
  });
}

/** What stays of a payment that was refused: all its parts but the card that was declined [TIL-58]. */
function keepWhatStands(error: Error, tenderFor: Paying | null): void {
  const { key } = ticket();
  if (paymentOf(key).parts.length === 0) return;
  markSent(key, false);
  const left = (ticketCart()?.totals.total.amount ?? 0) - sumOfParts(paymentOf(key));
  dropDeclinedOf(key, error, tenderFor?.(left));
}

/** What the screen says of a payment. */
function toldOf(
  parts: readonly PartTender[],
  tender: TenderInput | null,
  rest: number,
): Pick<Paid, "change" | "tip" | "isStored" | "parts"> {
  const last = tender && asPart(tender, rest);
  const all = last ? [...parts, last] : parts;
  return {
    change: last ? changeOf(last) : null,
    tip: all.reduce((sum, part) => sum + ("right" in part ? 0 : tipOf(part)), 0),
    isStored: tender === null && !parts.some(({ kind }) => kind === "card"),
    parts: all.length > 1 ? all : [],
  };
}

/** The last payment as a part; undefined where nothing is taken now. */
function asPart(tender: TenderInput, amount: number): PartTender | undefined {
  return tender.kind === "account" || tender.kind === "due_at_collection" ? undefined : { ...tender, amount };
}

const isForHub = (tender: PartTender): tender is PartTender & TenderInput => !("right" in tender);

const refusal = (code: string): ProblemError => new ProblemError({ type: "about:blank", title: "", status: 0, code }, false);

const NOTHING_MORE = { answered: null, isOnAccount: false, collect: null, isMixed: false, isDue: false } as const;

type Completion = Extract<TillCommand, { kind: "sale.complete" }>["body"]["completion"];

/** Taken along, or made ready to be fetched. */
function handOver(placeId: string): Pick<Completion, "fulfillment" | "contact"> {
  const { collect, dining } = ticket();
  if (collect === null) return { fulfillment: { kind: "take_away", placeId, dining, dueAt: null } };
  // What was ordered at a kiosk is called by its number whether it is eaten here or not.
  return {
    fulfillment: {
      kind: "collect",
      placeId,
      dining: collect.isKiosk ? dining : "take_away",
      dueAt: null,
      ...(collect.slot && { slotId: collect.slot.id }),
    },
    ...(collect.name !== "" && { contact: { name: collect.name } }),
  };
}

function currentCart(): CartView {
  const held = ticketCart();
  if (!held) throw new Error("the ticket has no cart");
  return held;
}
