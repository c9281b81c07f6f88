import { useEffect } from "react";
import { currentLocale, useLocale } from "@weft/ui/i18n/i18n.ts";
import type { Money } from "@weft/kernel";
import { textOf } from "../common/text.ts";
import { sumOfParts, usePayment } from "../pay/payment.ts";
import { useTicket } from "../ticket/ticket.ts";
import { useCart } from "../ticket/use-cart.ts";
import { ASKS_EVERY_MS, displayChannel, shownTicket, type DisplayMessage, type Shown } from "./shown.ts";

let ticket: Shown = { kind: "idle" };
/** What is shown instead of the ticket: that it is paid. */
let instead: Shown | null = null;
let channel: BroadcastChannel | undefined;
let lastAsked = 0;

/** Whether a customer's display has asked for what it shows, as it does every minute. */
export const displayIsOpen = (): boolean => Date.now() - lastAsked < 2 * ASKS_EVERY_MS;

/** Keeps the customer's display up to date while the till is open. */
export function DisplayFeed() {
  const { data: cart } = useCart();
  const locale = useLocale();
  const paid = sumOfParts(usePayment(useTicket().key));
  useEffect(() => {
    channel = displayChannel();
    channel.addEventListener("message", ({ data }: MessageEvent<DisplayMessage>) => {
      if (data.kind !== "ask") return;
      lastAsked = Date.now();
      tell();
    });
    return () => {
      ticket = { kind: "idle" };
      tell();
      channel?.close();
      channel = undefined;
    };
  }, []);
  useEffect(() => {
    ticket = cart ? shownTicket(cart, textOf, paid) : { kind: "idle" };
    tell();
  }, [cart, locale, paid]);
  return null;
}

/** Shows the customer that the ticket is paid, as long as the till does. */
export function usePaidDisplay(total: Money, change: number | null, receipt: string | null): void {
  const { amount, currency } = total;
  useEffect(() => {
    instead = {
      kind: "paid",
      total: { amount, currency },
      change: change !== null && change > 0 ? { amount: change, currency } : null,
      receipt,
    };
    tell();
    return () => {
      instead = null;
      tell();
    };
  }, [amount, currency, change, receipt]);
}

function tell(): void {
  const message: DisplayMessage = { kind: "show", shown: instead ?? ticket, locale: currentLocale() };
  channel?.postMessage(message);
}
