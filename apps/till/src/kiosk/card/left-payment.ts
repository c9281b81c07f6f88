import type { TerminalPayment } from "../../terminal/terminal.ts";

/** The terminal beside a kiosk and what this device remembers of it: all that deciding about a payment needs. */
export type TerminalPort = {
  /** What it was asked for and nobody bought yet; null: nothing. */
  readonly open: () => { readonly id: string } | null;
  /** Whether a sale was written with it. */
  readonly isSold: (id: string) => Promise<boolean>;
  /** As the terminal knows it; null: it never heard of it. */
  readonly read: (id: string) => Promise<TerminalPayment | null>;
  /** Asks what became of one that nobody knows. */
  readonly inquire: (id: string) => Promise<TerminalPayment>;
  /** Gives back what was taken; false: the terminal did not. */
  readonly reverse: (receiptNumber: string) => Promise<boolean>;
  readonly forget: () => void;
};

/** A terminal that was asked for something that nobody bought: it must be free before it is asked again. */
export class LeftPayment extends Error {
  override readonly name = "LeftPayment";
}

let freeing: Promise<void> | null = null;

/**
 * What was asked of the terminal before this page was loaded again is never the next customer's: where a sale has it, that is done; where it was charged for
 * nothing, it goes back first [KSK-5]. Asked for twice at once it is done once. Throws `LeftPayment` where nobody can say, and what the terminal throws.
 */
export function freeTerminal(terminal: TerminalPort): Promise<void> {
  freeing ??= free(terminal).finally(() => (freeing = null));
  return freeing;
}

async function free(terminal: TerminalPort): Promise<void> {
  const left = terminal.open();
  if (!left) return;
  if (!(await terminal.isSold(left.id))) {
    const found = await terminal.read(left.id);
    const known = found?.state === "unknown" ? await terminal.inquire(left.id) : found;
    const isEnded = known === null || known.state === "approved" || known.state === "declined";
    if (!isEnded || (known?.state === "approved" && !(await terminal.reverse(known.receiptNumber ?? "")))) throw new LeftPayment();
  }
  terminal.forget();
}

/** How a payment goes on, and what is waited for before it is asked about again. */
export type Following = Pick<TerminalPort, "inquire" | "forget"> & {
  readonly read: (id: string) => Promise<TerminalPayment>;
  readonly pause: (ms: number) => Promise<void>;
  /** While the card is asked for, and while nobody knows what became of it. */
  readonly show: (state: { readonly kind: "asked" | "unknown"; readonly paymentId: string }) => void;
};

export type Ended =
  | { readonly kind: "approved"; readonly payment: TerminalPayment }
  | { readonly kind: "declined"; readonly reason: string | null };

const ASK_MS = 700;
const INQUIRE_MS = 4000;

/** Follows a payment until it has ended, however late the terminal answers. One that nobody knows is asked about until somebody does: it never counts as declined [KSK-5]. */
export async function followPayment(begun: TerminalPayment, { inquire, read, forget, pause, show }: Following): Promise<Ended> {
  const { id } = begun;
  let payment = begun;
  for (;;) {
    switch (payment.state) {
      case "approved":
        return { kind: "approved", payment };
      case "declined":
        forget();
        return { kind: "declined", reason: payment.reason };
      case "unknown": {
        const standing = payment;
        show({ kind: "unknown", paymentId: id });
        await pause(INQUIRE_MS);
        payment = await inquire(id).catch(async () => read(id).catch(() => standing));
        break;
      }
      case "requested":
      case "in_flight": {
        const standing = payment;
        show({ kind: "asked", paymentId: id });
        await pause(ASK_MS);
        // The bridge goes on without us: what it knows is asked for until it answers.
        payment = await read(id).catch(() => standing);
      }
    }
  }
}
