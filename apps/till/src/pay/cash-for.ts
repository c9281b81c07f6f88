import type { TenderInput } from "@weft/contracts/client";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";

type Cash = Extract<TenderInput, { kind: "cash" }>;

/** An amount that is paid exactly in cash, rounded where cash is. */
export function cashFor(amount: number, step: number): Cash {
  const rounding = cashRounding(amount, step);
  return { kind: "cash", amount, received: amount + rounding, ...(rounding !== 0 && { rounding }) };
}
