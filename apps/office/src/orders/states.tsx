import { Badge, type Tone } from "@weft/ui/shop/badge.tsx";
import { wordOf } from "../common/text.ts";

const ORDER_TONES: Readonly<Record<string, Tone>> = { placed: "info", closed: "good", canceled: "bad" };
const PAYMENT_TONES: Readonly<Record<string, Tone>> = {
  paid: "good",
  refunded: "plain",
  partly_paid: "warn",
  due_at_collection: "warn",
  on_account: "info",
  authorized: "info",
  unpaid: "bad",
};
const FULFILLMENT_TONES: Readonly<Record<string, Tone>> = { open: "info", ready: "accent", fulfilled: "good", canceled: "bad" };

export function OrderBadge({ state }: { readonly state: string }) {
  return <Badge tone={ORDER_TONES[state] ?? "plain"}>{wordOf(`office.order.state.${state}`, state)}</Badge>;
}

export function PaymentBadge({ state }: { readonly state: string }) {
  return <Badge tone={PAYMENT_TONES[state] ?? "plain"}>{wordOf(`office.order.payment.${state}`, state)}</Badge>;
}

/** Nothing is shown for an order that nobody has to hand over. */
export function FulfillmentBadge({ state }: { readonly state: string }) {
  if (state === "none") return null;
  return <Badge tone={FULFILLMENT_TONES[state] ?? "plain"}>{wordOf(`office.order.fulfillment.${state}`, state)}</Badge>;
}

/** The three states of an order in words, for a file. */
export function stateText(order: string, payment: string, fulfillment: string): string {
  return [
    wordOf(`office.order.state.${order}`, order),
    wordOf(`office.order.payment.${payment}`, payment),
    wordOf(`office.order.fulfillment.${fulfillment}`, fulfillment),
  ].join(" / ");
}
