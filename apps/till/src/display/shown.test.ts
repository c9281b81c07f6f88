import { expect, it } from "vitest";
import { shownTicket } from "./shown.ts";

const eur = (amount: number) => ({ amount, currency: "EUR" });
type Cart = Parameters<typeof shownTicket>[0];

it("[DEV-11] the customer sees lines, what they save, the total and what is still to be paid of it; an empty ticket is no ticket", () => {
  const line = { id: "1", name: { en: "Latte" }, options: [{ name: { en: "Oat milk" } }], quantity: 2, total: eur(840) };
  const totals = { discount: eur(90), total: eur(750) };
  // What else a cart has is not shown.
  const cart = { lines: [line], totals } as unknown as Cart;
  expect(shownTicket(cart, (text) => text.en)).toEqual({
    kind: "ticket",
    lines: [{ id: "1", name: "Latte", detail: "Oat milk", quantity: 2, total: eur(840) }],
    discount: eur(-90),
    total: eur(750),
    left: null,
  });
  expect(shownTicket(cart, (text) => text.en, 500)).toMatchObject({ total: eur(750), left: eur(250) });
  expect(shownTicket({ ...cart, lines: [] }, (text) => text.en)).toEqual({ kind: "idle" });
});
