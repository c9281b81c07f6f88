import type { TenderInput } from "@weft/contracts/client";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";

type Cash = Extract<TenderInput, { kind: "cash" }>;

/** An amount that is paid exactly in cash, rounded where cash is, with the tip beside it. */
export function cashFor(amount: number, step: number, tip = 0): Cash {
  const rounding = cashRounding(amount, step);
  return { kind: "cash", amount, received: amount + rounding + tip, ...(rounding !== 0 && { rounding }), ...(tip > 0 && { tip }) };
}
