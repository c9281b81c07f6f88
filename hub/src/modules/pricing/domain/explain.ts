import type { CodeRefusal } from "./codes.ts";
import type { Ratio } from "./facts.ts";
import type { DeliveryReason } from "./delivery.ts";
import type { CartReason } from "./price-cart.ts";
import type { LineReason } from "./priced-line.ts";
import type { PromotionMiss } from "./promotions/judge.ts";

/** A reason as the API carries it: a stable kind, and the data that screens need to put it into words. */
export type Because = { readonly kind: string; readonly data: Record<string, unknown> };

/** Turns a reason of the engine into its API form: `{ kind: "below_minimum", minimum }` becomes `{ kind: "code.below_minimum", data: { minimum } }`. */
export function toBecause(
  area: "price" | "code" | "promotion",
  reason: LineReason | DeliveryReason | CartReason | CodeRefusal | PromotionMiss,
): Because {
  const { kind, ...data } = reason;
  return { kind: `${area}.${kind}`, data };
}

/** A rate as a plain decimal of percent, for documents and for formatters: 55/1000 is `5.5`, 1/3 is cut after four digits. */
export function percentText({ numerator, denominator }: Ratio): string {
  const scaled = (BigInt(numerator) * 1_000_000n) / BigInt(denominator);
  const fraction = (scaled % 10_000n).toString().padStart(4, "0").replace(/0+$/, "");
  return fraction ? `${scaled / 10_000n}.${fraction}` : `${scaled / 10_000n}`;
}
