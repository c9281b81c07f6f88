import { useMutation, useQuery } from "@tanstack/react-query";
import type { CartView, TenderInput, TillCommand, TillCommandAnswerView } from "@weft/contracts/client";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { tipOf } from "../../../../hub/src/modules/payments/domain.ts";
import type { TenderHere } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { pricesQuery } from "../local/prices.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { PaidBefore } from "../outbox/rows.ts";
import { keepAddress, newReceiptToken } from "../receipt/address.ts";
import { changeTicket, clearTicket, settleOrCut, ticket, ticketCart } from "../ticket/ticket.ts";
import type { CollectWish } from "../ticket/shape.ts";
import { paidTicket } from "./paid-ticket.ts";
import { cardHere, ownSale, recordSale } from "./record-sale.ts";

/** What the screen says after a sale. */
export type Paid = {
  readonly orderId: string;
  readonly receiptNumber: string | null;
  readonly total: { readonly amount: number; readonly currency: string };
  /** In minor units; null for a card. */
  readonly change: number | null;
  /** Given to the staff on top, in minor units. */
  readonly tip: number;
  /** Owed by the company that it was bought for. */
  readonly isOnAccount: boolean;
  /** All of it by store credit and gift cards. */
  readonly isStored: boolean;
  /** It was not taken along. */
  readonly collect: CollectWish | null;
  /** Some of it comes from other stores, or is sent. */
  readonly isMixed: boolean;
  /** Nothing was paid: it is due when it is fetched. */
  readonly isDue: boolean;
  /** Sold by this register itself: what the hub will answer; null where it has answered already. */
  readonly answered: Promise<TillCommandAnswerView> | null;
};

/** How the rest is paid that points, store credit and gift cards, each with its amount, leave; `alone` is what this register took without the hub. */
export type Paying = {
  readonly tenderFor: (rest: number) => TenderInput;
  readonly values?: readonly ValueTender[];
  readonly alone?: readonly TenderHere[];
};
export type ValueTender = Extract<TenderInput, { kind: "store_credit" | "gift_card" | "points" }>;

/**
 * Pays the ticket: written into the outbox first. What this register may sell by itself is paid once its disk has it, whatever the network does;
 * everything else when the hub has the order.
 */
export function usePay() {
  const { shift, register, staff } = useTill();
  const { data: prices } = useQuery(pricesQuery);
  return useMutation({
    mutationFn: async ({ tenderFor, values = [], alone = [] }: Paying): Promise<Paid> => {
      await settleOrCut();
      const cart = currentCart();
      const { total } = cart.totals;
      const { collect } = ticket();
      const rest = [...values, ...alone].reduce((left, { amount = 0 }) => left - amount, total.amount);
      const tender = rest > 0 ? tenderFor(rest) : null;
      const own = prices && ownSale(cart, { tender, hasValues: values.length > 0, alone });
      if (own) {
        const cash = tender?.kind === "cash" ? tender : null;
        const card = cardHere(tender, rest);
        const others = card ? [...alone, card] : alone;
        const recorded = await recordSale(own, { cash, others }, { shiftId: shift.id, register, staff, prices });
        const told = { total, tip: tender ? tipOf(tender) : 0, change: changeOf(rest, tender), isStored: tender === null };
        return { ...NOTHING_MORE, ...recorded, ...told };
      }
      if (ticket().isCut || alone.length > 0)
        throw new ProblemError({ type: "about:blank", title: "", status: 0, code: "till.needs_hub" }, false);
      changeTicket({ isPaying: true });
      const receiptToken = newReceiptToken();
      const answer = await registerOutbox().perform("sale.complete", {
        shiftId: shift.id,
        cartId: cart.id,
        completion: {
          ...handOver(register.placeId),
          tenders: tender ? [...values, tender] : [...values],
          expectedTotal: total,
        },
        ticket: paidTicket(cart),
        ...(ticket().bills.length > 0 && { bills: [...ticket().bills] }),
        receiptToken,
      });
      const { orderId, receiptNumber } = unwrapAnswer(answer);
      if (orderId === null) throw new Error("a sale that is done has an order");
      keepAddress(orderId, receiptToken);
      return {
        ...NOTHING_MORE,
        orderId,
        receiptNumber,
        total,
        change: changeOf(rest, tender),
        tip: tender ? tipOf(tender) : 0,
        isOnAccount: tender?.kind === "account",
        collect,
        isMixed: cart.lines.some(({ elsewhere }) => elsewhere),
        isDue: tender?.kind === "due_at_collection",
        isStored: tender === null,
      };
    },
    onSuccess: clearTicket,
    onError: (error) => {
      // In another tab, or before a reload: the ticket is sold and the next customer's turn.
      if (error instanceof PaidBefore) clearTicket();
      else changeTicket({ isPaying: false });
    },
  });
}

const NOTHING_MORE = { answered: null, isOnAccount: false, isStored: false, collect: null, isMixed: false, isDue: false } as const;

/** What goes back of the cash that was handed over; null where none was. */
function changeOf(rest: number, tender: TenderInput | null): number | null {
  if (tender?.kind !== "cash") return null;
  const inCash = rest + tipOf(tender) + (tender.rounding ?? 0);
  return (tender.received ?? inCash) - inCash;
}

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
