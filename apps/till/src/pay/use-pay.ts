import { useMutation } from "@tanstack/react-query";
import type { CartView, TenderInput, TillCommand } from "@weft/contracts/client";
import { tipOf } from "../../../../hub/src/modules/payments/domain.ts";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { wayOf } from "../elsewhere/way-text.ts";
import { changeTicket, clearTicket, settleTicket, ticket, type CollectWish } from "../ticket/ticket.ts";

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
};

/** How the rest is paid that store credit and gift cards, each with its amount, leave. */
export type Paying = { readonly tenderFor: (rest: number) => TenderInput; readonly values?: readonly ValueTender[] };
export type ValueTender = Extract<TenderInput, { kind: "store_credit" | "gift_card" }>;

/** Pays the ticket: written into the outbox first, shown as paid when the hub has the order. */
export function usePay() {
  const { shift, register } = useTill();
  return useMutation({
    mutationFn: async ({ tenderFor, values = [] }: Paying): Promise<Paid> => {
      await settleTicket();
      const cart = currentCart();
      const { total } = cart.totals;
      const { collect } = ticket();
      const rest = total.amount - values.reduce((sum, { amount = 0 }) => sum + amount, 0);
      const tender = rest > 0 ? tenderFor(rest) : null;
      changeTicket({ isPaying: true });
      const answer = await registerOutbox().perform("sale.complete", {
        shiftId: shift.id,
        cartId: cart.id,
        completion: {
          ...handOver(register.placeId),
          tenders: tender ? [...values, tender] : [...values],
          expectedTotal: total,
        },
        ticket: paidTicket(cart),
      });
      const { orderId, receiptNumber } = unwrapAnswer(answer);
      if (orderId === null) throw new Error("a sale that is done has an order");
      const tip = tender ? tipOf(tender) : 0;
      const inCash = rest + tip + (tender?.kind === "cash" ? (tender.rounding ?? 0) : 0);
      const change = tender?.kind === "cash" ? (tender.received ?? inCash) - inCash : null;
      return {
        orderId,
        receiptNumber,
        total,
        change,
        tip,
        isOnAccount: tender?.kind === "account",
        collect,
        isMixed: cart.lines.some(({ elsewhere }) => elsewhere),
        isDue: tender?.kind === "due_at_collection",
        isStored: tender === null,
      };
    },
    onSuccess: clearTicket,
    onError: () => changeTicket({ isPaying: false }),
  });
}

type Completion = Extract<TillCommand, { kind: "sale.complete" }>["body"]["completion"];

/** Taken along, or made ready to be fetched. */
function handOver(placeId: string): Pick<Completion, "fulfillment" | "contact"> {
  const { collect, dining } = ticket();
  if (collect === null) return { fulfillment: { kind: "take_away", placeId, dining, dueAt: null } };
  return {
    fulfillment: { kind: "collect", placeId, dining: "take_away", dueAt: null, ...(collect.slot && { slotId: collect.slot.id }) },
    ...(collect.name !== "" && { contact: { name: collect.name } }),
  };
}

/** Kept with the sale, so that it can be sent to a hub that was restored to before this cart. */
function paidTicket({ customer, codes, lines }: CartView) {
  return {
    customerId: customer?.id ?? null,
    codes: codes.map(({ code }) => code),
    lines: lines.map((line) => ({
      sku: line.sku,
      quantity: line.quantity,
      options: line.options.map(({ group, value }) => ({ group, value })),
      ...wayOf(line),
    })),
  };
}

function currentCart(): CartView {
  const { cart } = ticket();
  const held = cart && api.queries.getQueryData<CartView>(["cart", cart.id]);
  if (!held) throw new Error("the ticket has no cart");
  return held;
}
