import type { CartView } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { ownName } from "@weft/ui/browser/device.ts";

/** What the customer sees. Never a name, a note or anything that belongs to the staff [DEV-11]. */
export type Shown =
  | { readonly kind: "idle" }
  | {
      readonly kind: "ticket";
      readonly lines: readonly ShownLine[];
      readonly discount: Money | null;
      readonly total: Money;
      /** What is still to be paid, where a part of it is paid. */
      readonly left: Money | null;
    }
  | {
      readonly kind: "paid";
      readonly total: Money;
      readonly change: Money | null;
      /** The address of the e-receipt; null where there is none. */
      readonly receipt: string | null;
    };
export type ShownLine = {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly quantity: number;
  readonly total: Money;
};

/** What goes between the till and its display: the display asks when it comes, the till tells whatever changes. */
export type DisplayMessage = { readonly kind: "ask" } | { readonly kind: "show"; readonly shown: Shown; readonly locale: string };

/** A display asks again, so that its till knows that it is there. */
export const ASKS_EVERY_MS = 60_000;

/** Both windows are of one browser, and of one framed device in it. */
export const displayChannel = (): BroadcastChannel => new BroadcastChannel(ownName("weft-till-display"));

/** A ticket as its customer sees it, with what was `paid` of it before; `nameOf` says a text in the language of the till. */
export function shownTicket(
  cart: Pick<CartView, "lines" | "totals">,
  nameOf: (text: CartView["lines"][number]["name"]) => string,
  paid = 0,
): Shown {
  const { lines, totals } = cart;
  if (lines.length === 0) return { kind: "idle" };
  return {
    kind: "ticket",
    lines: lines.map(({ id, name, options, quantity, total }) => ({
      id,
      name: nameOf(name),
      detail: options.map((option) => nameOf(option.name)).join(", "),
      quantity,
      total,
    })),
    discount: totals.discount.amount > 0 ? { ...totals.discount, amount: -totals.discount.amount } : null,
    total: totals.total,
    left: paid > 0 ? { ...totals.total, amount: Math.max(0, totals.total.amount - paid) } : null,
  };
}
