import { newId, type Id } from "@weft/kernel";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { askBridge } from "../print/bridge.ts";
import { bridgeSetup, terminalSetup } from "../print/setup.ts";

/** A payment at the terminal, as the bridge tells it. */
export type TerminalPayment = {
  readonly id: string;
  readonly amount: number;
  readonly state: "requested" | "in_flight" | "approved" | "declined" | "unknown";
  readonly reason: string | null;
  readonly receiptNumber: string | null;
};

/** What the terminal was asked for and no sale has used yet: it outlives a reload, so that nobody is charged twice [DEV-9]. */
type OpenPayment = { readonly id: string; readonly amount: number; readonly of?: PaidAtTerminal };
/** What a payment at the terminal is for: a ticket by its key, and the tip that is in its amount. */
export type PaidAtTerminal = { readonly ticket: string; readonly tip: number };
const OPEN = "weft.till.terminal_payment";

export function openPayment(): OpenPayment | null {
  try {
    return JSON.parse(readStored(OPEN) ?? "null") as OpenPayment | null; // written by keepOpen
  } catch {
    return null;
  }
}

/** The sale has it, or it never was. */
export const forgetPayment = (): void => writeStored(OPEN, null);

/** Asks the terminal for an amount. Asked again for the same one, it is the same payment. Throws `BridgeError`. */
export async function beginPayment(amount: number, of?: PaidAtTerminal): Promise<TerminalPayment> {
  const standing = openPayment();
  const id = standing?.amount === amount ? standing.id : newId<Id<"terminal payment">>();
  writeStored(OPEN, JSON.stringify({ id, amount, ...(of && { of }) } satisfies OpenPayment));
  return ask("/payments", { id, amount });
}

export const readPayment = (id: string): Promise<TerminalPayment> => ask(`/payments/${id}`);
export const abortPayment = (id: string): Promise<TerminalPayment> => ask(`/payments/${id}/abort`, {});
/** What became of one that nobody knows. */
export const inquirePayment = (id: string): Promise<TerminalPayment> => ask(`/payments/${id}/inquiry`, {});
/** Somebody has looked at the terminal itself. */
export const decidePayment = (id: string, state: "approved" | "declined"): Promise<TerminalPayment> =>
  ask(`/payments/${id}/decision`, { state });

/** Gives back what was taken for a sale that was not made. Says whether the terminal did. */
export async function reversePayment(receiptNumber: string): Promise<boolean> {
  const { kind, said } = await ask<{ kind: string; said?: { result: number } | null }>("/reversals", { receiptNumber });
  return kind === "completed" && said?.result === 0;
}

/** What the hub is told of a card that the terminal has taken. */
export const tokenOf = ({ id, amount }: Pick<TerminalPayment, "id" | "amount">): string => `terminal:${id}:${amount}`;

function ask<T = TerminalPayment>(path: string, body?: object): Promise<T> {
  const [bridge, terminal] = [bridgeSetup(), terminalSetup()];
  if (!bridge || !terminal) throw new Error("a till without a terminal asks it for nothing");
  return askBridge<T>(bridge, `/terminals/${terminal.id}${path}`, body ? { method: "POST", body } : {});
}
