import type { CartLineView, SessionView } from "@weft/contracts/client";
import type { UnitPrice } from "@weft/kernel";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { LABEL } from "../../../../hub/src/modules/carts/domain/label-price.ts";
import { lessPercent, mayGive, mayGiveAll, PRICE_APPROVERS } from "../../../../hub/src/modules/till/domain/index.ts";
import { api } from "../api.ts";
import { check } from "../device/pins.ts";
import { isAway } from "../local/kept.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import type { BodyOfKind } from "../outbox/rows.ts";
import { changeCart, changeHere, settleOrCut, ticket } from "./ticket.ts";

type Staff = NonNullable<SessionView["staff"]>;
export type GivenLine = BodyOfKind<"price.give">["lines"][number];
type Approved = NonNullable<BodyOfKind<"price.give">["approvedBy"]>;

/** What staff give a lower price by hand: a gift card costs what it is worth. */
export const mayBeGiven = ({ isGiftCard, unitPrice }: CartLineView): boolean => !isGiftCard && unitPrice !== null;

/** What a line costs before anybody gave a price: that of its list, of goods by weight for a kilogram; where a label says the amount, that [CRT-36]. */
export const priceBefore = ({ unitPrice, override }: Pick<CartLineView, "unitPrice" | "override">): UnitPrice | null =>
  (override?.reason === LABEL ? null : override?.insteadOf) ?? unitPrice;

/** A line at another price for what its price is for, in minor units. */
export function givenLine(line: CartLineView, unitAmount: number): GivenLine[] {
  const { id, sku, quantity } = line;
  const from = priceBefore(line);
  return from ? [{ lineId: id, sku, quantity, from, to: { ...from, amount: unitAmount, scale: 0 } }] : [];
}

/** Lines with some percent off what their list asks. */
export const givenPercent = (lines: readonly CartLineView[], percent: number): GivenLine[] =>
  lines.filter(mayBeGiven).flatMap((line) => {
    const from = priceBefore(line);
    return from ? givenLine(line, lessPercent(from, percent)) : [];
  });

type Giving = {
  readonly shiftId: string;
  readonly lines: readonly GivenLine[];
  readonly reason: string;
  readonly staff: Staff;
  readonly placeId: string;
  /** Of a manager, where whoever stands here may not give so much alone. */
  readonly pin: string;
};

/** Whether a manager has to stand behind it [TIL-50]. */
export const needsPin = (lines: readonly GivenLine[], { roles }: Staff): boolean => !mayGiveAll(lines, roles);

/**
 * Gives lines of the ticket a lower price [TIL-50]: who may is looked at first, by the hub or, without it, here; then the act is kept for the
 * journal, then the ticket changes. A price that was approved here stays on this till until it is paid. Rejects with the reason, and nothing is changed.
 */
export async function givePrices(giving: Giving): Promise<void> {
  const { shiftId, lines, reason, staff } = giving;
  await settleOrCut();
  const approvedBy = needsPin(lines, staff) ? await approved(giving) : null;
  await registerOutbox().keep("price.give", { shiftId, lines: [...lines], reason, approvedBy });
  const change = ticket().isCut || approvedBy?.at === "register" ? changeHere : changeCart;
  for (const { lineId, to } of lines) change({ kind: "setPrice", lineId, unitAmount: to.amount, reason });
}

async function approved(giving: Giving): Promise<Approved> {
  if (ticket().isCut) return approvedHere(giving);
  const { pin, lines } = giving;
  const prices = lines.map(({ lineId, quantity, to }) => ({ lineId, unitAmount: to.amount, units: quantity }));
  try {
    const { approvedBy, most } = await api.ask("till.approvePrices", { body: { pin, prices } });
    if (!lines.every((line) => mayGive(line, most))) throw refusal("price.below_limit", { most });
    return { staffId: approvedBy, at: "hub" };
  } catch (error) {
    if (!isAway(error)) throw error;
    return approvedHere(giving);
  }
}

/** The same look at the same PIN as for signing in without the hub [OFF-4]: it says who it is, once, for this act. */
async function approvedHere({ pin, lines, placeId }: Giving): Promise<Approved> {
  const checked = await check("pin", pin, Date.now());
  if (checked.kind === "locked") throw refusal("till.pin_locked");
  if (checked.kind !== "known") throw refusal("till.pin_unknown");
  const { id, roles, placeIds } = checked.staff;
  const worksHere = placeIds.length === 0 || placeIds.includes(placeId);
  if (!worksHere || !roles.some((role) => PRICE_APPROVERS.includes(role))) throw refusal("till.approval_refused");
  if (!mayGiveAll(lines, roles)) throw refusal("price.below_limit");
  return { staffId: id, at: "register" };
}

const refusal = (code: string, more: object = {}): ProblemError =>
  new ProblemError({ type: "about:blank", title: "", status: 403, ...more, code }, false);
