import type { CartView } from "@weft/contracts/client";
import { api } from "../../api.ts";
import { SANDBOX_TOKENS } from "../../pay/sandbox.ts";
import { BridgeError } from "../../print/bridge.ts";
import { terminalSetup } from "../../print/setup.ts";
import { beginPayment, forgetPayment, inquirePayment, openPayment, readPayment, reversePayment, tokenOf } from "../../terminal/terminal.ts";
import { changeOrder, keep, order } from "../order.ts";
import { followPayment, freeTerminal, type TerminalPort } from "./left-payment.ts";
import { isRefused, isSold, openKioskRegister, sellByCard, type CardKiosk } from "./register.ts";

/** How far a payment is, as the customer is told. */
export type CardState =
  | { readonly kind: "preparing" }
  /** The terminal asks for the card; `paymentId` is null where the hub drives the reader. */
  | { readonly kind: "asked"; readonly paymentId: string | null }
  /** Nobody knows whether the card was charged: nothing else is charged before somebody does. */
  | { readonly kind: "unknown"; readonly paymentId: string }
  | { readonly kind: "booking" }
  | { readonly kind: "declined"; readonly reason: string | null }
  /** The card was charged, and the order was refused: the money went back, or has to. */
  | { readonly kind: "given_back"; readonly isDone: boolean };

/** Pays the cart of this kiosk with a card and ends with its number. Throws where nothing was charged: `RegisterLocked`, `LeftPayment`, `ProblemError`, `BridgeError`. */
export async function takeCard(kiosk: CardKiosk, cartId: string, show: (state: CardState) => void): Promise<void> {
  show({ kind: "preparing" });
  const shiftId = await openKioskRegister(kiosk);
  const isBeside = terminalSetup() !== null;
  if (isBeside) await freeTerminal(terminalOf(kiosk.registerId));
  const cart = await api.ask("carts.read", { params: { id: cartId } });
  keep(cart);
  const { number } = await api.ask("kiosks.order", { body: { cartId, way: "card" } });
  const paid = isBeside ? await atTerminal(cart, show) : await atReader(kiosk, show);
  if (paid === null) return;
  show(isBeside ? { kind: "booking" } : { kind: "asked", paymentId: null });
  try {
    const done = await sellByCard(isBeside, { shiftId, cart, number, token: paid.token });
    if (isBeside) forgetPayment();
    changeOrder({ step: "done", done });
  } catch (error) {
    if (!isRefused(error)) throw error;
    if (isBeside) show({ kind: "given_back", isDone: await giveBack(paid.receiptNumber) });
    else show({ kind: "declined", reason: null });
  }
}

type Paid = { readonly token: string; readonly receiptNumber: string | null };

/** What was left at the terminal goes back, unless a customer is paying there right now. Throws `LeftPayment`. */
export async function tendTerminal(registerId: string): Promise<void> {
  if (terminalSetup() !== null && order().step !== "card") await freeTerminal(terminalOf(registerId));
}

const terminalOf = (registerId: string): TerminalPort => ({
  open: openPayment,
  isSold: (id) => isSold(registerId, id),
  read: (id) =>
    readPayment(id).catch((error: unknown) => {
      if (error instanceof BridgeError && error.code === "bridge.payment_unknown") return null;
      throw error;
    }),
  inquire: inquirePayment,
  reverse: reversePayment,
  forget: forgetPayment,
});

async function atTerminal({ totals: { total } }: CartView, show: (state: CardState) => void): Promise<Paid | null> {
  const begun = await beginPayment(total.amount);
  const ended = await followPayment(begun, { read: readPayment, inquire: inquirePayment, forget: forgetPayment, pause, show });
  if (ended.kind === "approved") return { token: tokenOf(ended.payment), receiptNumber: ended.payment.receiptNumber };
  show({ kind: "declined", reason: ended.reason });
  return null;
}

/** A reader that the hub drives charges with the sale; in a demo a test card does. */
async function atReader({ placeId, registerId }: CardKiosk, show: (state: CardState) => void): Promise<Paid | null> {
  const { card } = await api.ask("payments.methods", { query: { placeId, registerId } });
  if (card?.way === "reader") return { token: card.token, receiptNumber: null };
  if (card?.way === "test_card") return { token: SANDBOX_TOKENS[0], receiptNumber: null };
  show({ kind: "declined", reason: "no_terminal" });
  return null;
}

async function giveBack(receiptNumber: string | null): Promise<boolean> {
  const isBack = await reversePayment(receiptNumber ?? "").catch(() => false);
  if (isBack) forgetPayment();
  return isBack;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
