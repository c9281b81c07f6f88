import type { CartView } from "@weft/contracts/client";
import { api } from "../../api.ts";
import { SANDBOX_TOKENS } from "../../pay/sandbox.ts";
import { BridgeError } from "../../print/bridge.ts";
import { terminalSetup } from "../../print/setup.ts";
import {
  beginPayment,
  forgetPayment,
  inquirePayment,
  openPayment,
  readPayment,
  reversePayment,
  tokenOf,
  type TerminalPayment,
} from "../../terminal/terminal.ts";
import { changeOrder, keep } from "../order.ts";
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

const ASK_MS = 700;
const INQUIRE_MS = 4000;

/** Pays the cart of this kiosk with a card and ends with its number. Throws where nothing was charged: `RegisterLocked`, `LeftPayment`, `ProblemError`, `BridgeError`. */
export async function takeCard(kiosk: CardKiosk, cartId: string, show: (state: CardState) => void): Promise<void> {
  show({ kind: "preparing" });
  const shiftId = await openKioskRegister(kiosk);
  const isBeside = terminalSetup() !== null;
  if (isBeside) await freeTerminal(kiosk.registerId);
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

/** A terminal that was asked for something that nobody bought: it must be free before it is asked again. */
export class LeftPayment extends Error {
  override readonly name = "LeftPayment";
}

/**
 * What was asked of the terminal before this page was loaded again is never the next customer's: where a sale has it, that is done; where it was charged for nothing, it
 * goes back first [KSK-5]. Throws `LeftPayment` where nobody can say.
 */
async function freeTerminal(registerId: string): Promise<void> {
  const left = openPayment();
  if (!left) return;
  if (!(await isSold(registerId, left.id))) {
    const found = await readPayment(left.id).catch((error: unknown) => {
      if (error instanceof BridgeError && error.code === "bridge.payment_unknown") return null;
      throw error;
    });
    const known = found?.state === "unknown" ? await inquirePayment(left.id) : found;
    const isEnded = known === null || known.state === "approved" || known.state === "declined";
    if (!isEnded || (known?.state === "approved" && !(await reversePayment(known.receiptNumber ?? "")))) throw new LeftPayment();
  }
  forgetPayment();
}

async function atTerminal({ totals: { total } }: CartView, show: (state: CardState) => void): Promise<Paid | null> {
  let payment: TerminalPayment = await beginPayment(total.amount);
  const { id } = payment;
  for (;;) {
    switch (payment.state) {
      case "approved":
        return { token: tokenOf(payment), receiptNumber: payment.receiptNumber };
      case "declined":
        forgetPayment();
        show({ kind: "declined", reason: payment.reason });
        return null;
      case "unknown":
        show({ kind: "unknown", paymentId: id });
        await pause(INQUIRE_MS);
        payment = await inquirePayment(id).catch(async () => readPayment(id).catch(() => payment));
        break;
      case "requested":
      case "in_flight":
        show({ kind: "asked", paymentId: id });
        await pause(ASK_MS);
        // The bridge goes on without us: what it knows is asked for until it answers.
        payment = await readPayment(id).catch(() => payment);
    }
  }
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
