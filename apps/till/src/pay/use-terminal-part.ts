import { useEffect, useState, useSyncExternalStore } from "react";
import { useTill } from "../device/till-context.ts";
import { onSetup, terminalSetup } from "../print/setup.ts";
import { forgetPayment, openPayment, type PaidAtTerminal } from "../terminal/terminal.ts";
import { paymentOf, type PartTender } from "./payment.ts";

type AskedAtTerminal = { readonly amount: number; readonly of: PaidAtTerminal };

/**
 * A card at the terminal beside the till: what it has approved is a part of the payment before anything else is done with it, so that it is there whatever
 * becomes of this page or of the sale [TIL-59]. A payment that this ticket had begun there before a reload goes on. `left`: what is still to be paid.
 */
export function useTerminalPart(ticket: string, left: number | undefined, onPart: (part: PartTender) => void) {
  const { register } = useTill();
  const beside = useSyncExternalStore(onSetup, terminalSetup);
  // Who practices charges no card.
  const device = register.practices ? null : beside;
  const [chosen, choose] = useState<AskedAtTerminal | null>(null);
  const [begun, setBegun] = useState(() => begunBefore(ticket));
  useEffect(() => forgetIfKept(ticket), [ticket]);
  const resumed = begun && left !== undefined && begun.amount - begun.of.tip <= left ? begun : null;
  const asked = device ? (chosen ?? resumed) : null;
  const end = (): void => {
    choose(null);
    setBegun(null);
  };
  return {
    device,
    asked,
    ask: (amount: number, tip: number): void => choose({ amount, of: { ticket, tip } }),
    back: end,
    approved: (token: string): void => {
      if (!asked) return;
      const { tip } = asked.of;
      end();
      onPart({ kind: "card", amount: asked.amount - tip, token, ...(tip > 0 && { tip }) });
      forgetPayment();
    },
  };
}

/** What the terminal was asked for this ticket and is no part of its payment yet. */
function begunBefore(ticket: string): AskedAtTerminal | null {
  const open = openPayment();
  if (open?.of?.ticket !== ticket || isKept(ticket, open.id)) return null;
  return { amount: open.amount, of: open.of };
}

/** The page was left after the part was kept and before the payment was put away. */
function forgetIfKept(ticket: string): void {
  const open = openPayment();
  if (open && isKept(ticket, open.id)) forgetPayment();
}

const isKept = (ticket: string, id: string): boolean =>
  paymentOf(ticket).parts.some(({ tender }) => "token" in tender && tender.token.startsWith(`terminal:${id}:`));
