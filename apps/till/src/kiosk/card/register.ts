import type { CartView, KioskView } from "@weft/contracts/client";
import { businessDate, newId, type ShiftId } from "@weft/kernel";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { signHere, tendJournal } from "../../book/sign-here.ts";
import { api } from "../../api.ts";
import { configQuery } from "../../device/session.ts";
import { unwrapAnswer } from "../../outbox/answer.ts";
import { act, isEmptied, keptActs, openRegisterOutbox, ownJournal, registerOutbox, setOperator } from "../../outbox/register-outbox.ts";
import { paidTicket } from "../../pay/paid-ticket.ts";
import { newReceiptToken, receiptAddress } from "../../receipt/address.ts";
import type { Done } from "../order.ts";

export type CardKiosk = KioskView & { readonly registerId: string };

/** Why the register of a kiosk sells nothing until staff have looked at it. */
export type Locked = "signed_elsewhere" | "emptied";
export class RegisterLocked extends Error {
  override readonly name = "RegisterLocked";
  readonly because: Locked;
  constructor(because: Locked) {
    super(`the register of this kiosk is locked: ${because}`);
    this.because = because;
  }
}

/**
 * The register of the kiosk with a shift of today [KSK-5]: its outbox and journal are those of a till. A shift begins and ends by itself, with nothing in a drawer that
 * there is not. Throws `RegisterLocked`, `ProblemError`.
 */
export async function openKioskRegister(kiosk: CardKiosk): Promise<ShiftId> {
  const standing = await tendKioskRegister(kiosk);
  if (standing) return standing;
  const shiftId = newId<ShiftId>();
  unwrapAnswer(await registerOutbox().perform("shift.open", { shiftId, float: { lines: [] } }));
  return shiftId;
}

/** What this device kept for its register is sent, its journal looked after, and a shift of a day that is over ends; answers the shift of today, if there is one. */
export async function tendKioskRegister({ registerId, timeZone, dayEnd }: CardKiosk): Promise<ShiftId | null> {
  const { lastSeq, keyId, shift } = await api.ask("till.state", { query: { registerId } });
  await openRegisterOutbox(registerId, lastSeq, true);
  setOperator(null);
  const { demo, currency } = await api.queries.fetchQuery(configQuery);
  const own = await ownJournal(registerId);
  // In a demo every browser takes any register, so that nothing kept is nothing lost.
  if (!demo && (await isEmptied())) throw new RegisterLocked("emptied");
  if (keyId !== null && own?.keyId !== keyId) throw new RegisterLocked("signed_elsewhere");
  if (keyId === null && !demo) await signHere({ staffId: null, currency }, false);
  await tendJournal();
  if (!shift) return null;
  if (shift.businessDate === businessDate(new Date(), timeZone, dayEnd)) return shift.id as ShiftId; // an id of the hub
  unwrapAnswer(await registerOutbox().perform("shift.close", { shiftId: shift.id, count: { lines: [] } }));
  return null;
}

type Sale = { readonly shiftId: ShiftId; readonly cart: CartView; readonly number: string; readonly token: string };

/**
 * Writes the sale that a card has paid: it is made ready and called by its number. What the terminal has taken already is sold as soon as this device has it; what the
 * hub charges is sold when it says so. Throws `ProblemError` with what the hub refused.
 */
export async function sellByCard(isTaken: boolean, { shiftId, cart, number, token }: Sale): Promise<Done> {
  const receiptToken = newReceiptToken();
  const { total } = cart.totals;
  const dining = cart.fulfillment?.dining ?? "take_away";
  const body = {
    shiftId,
    cartId: cart.id,
    completion: {
      fulfillment: { kind: "collect" as const, placeId: cart.place?.id ?? "", dining, dueAt: null },
      tenders: [{ kind: "card" as const, amount: total.amount, token }],
      expectedTotal: total,
      contact: { name: number },
    },
    ticket: paidTicket(cart),
    receiptToken,
  };
  const answer = isTaken ? await act("sale.complete", body) : await registerOutbox().perform("sale.complete", body);
  if (answer) unwrapAnswer(answer);
  return { number, way: "card", receipt: receiptAddress(receiptToken) };
}

/** Whether a sale was written with what the terminal took. */
export async function isSold(registerId: string, paymentId: string): Promise<boolean> {
  return (await keptActs(registerId)).some(({ command }) => JSON.stringify(command.body).includes(paymentId));
}

/** Whether the hub said no: a line that is cut says nothing. */
export const isRefused = (error: unknown): boolean => error instanceof ProblemError && !error.offline && error.problem.status < 500;
