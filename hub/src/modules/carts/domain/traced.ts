import { freshnessOf, recallOf, traceOf, type StandingRecall, type Trace } from "../../batches/domain/index.ts";
import type { Goods, StoredLine } from "./cart.ts";
import type { OperationFacts } from "./operations.ts";
import type { Refusal } from "./refusal.ts";

type Said = { readonly trace?: Trace | undefined };

/** What a scanner at a counter read of this very one [BAT-1]: whoever buys from afar holds nothing in their hand. */
export const tracedAt = ({ trace }: Said, { adder }: Pick<OperationFacts, "adder">): Trace | undefined =>
  trace && adder.channelKind === "store" ? traceOf(trace) : undefined;

/** Why goods with a serial number are not put into a cart: that number is in it already, or stands for more than one [BAT-1]. */
export function serialRefusal(
  lines: readonly StoredLine[],
  { variantId, sku, unit }: Pick<Goods, "variantId" | "sku" | "unit">,
  trace: Trace | undefined,
  quantity: number,
): Refusal | undefined {
  const serial = trace?.serial;
  if (serial === undefined) return undefined;
  const isThere = lines.some((line) => line.variantId === variantId && line.trace?.serial === serial);
  return isThere || (unit === "piece" && quantity !== 1) ? { code: "cart.serial_once", data: { sku, serial } } : undefined;
}

type Judged = { readonly recalls: readonly StandingRecall[]; /** ISO day at the place. */ readonly today: string };

/** Why goods are not sold, by what their code says [BAT-2, BAT-6]; undefined when they are. */
export function whyNotSold(
  { productId, variantId, sku }: Pick<Goods, "productId" | "variantId" | "sku">,
  trace: Trace | undefined,
  { recalls, today }: Judged,
): Refusal | undefined {
  const recall = recallOf(recalls, { productId, variantId, trace });
  if (recall) return { code: "product.recalled", data: { sku, recallId: recall.id, reason: recall.reason } };
  const state = trace && freshnessOf(trace, today);
  return state?.kind === "expired" ? { code: "product.expired", data: { sku, on: state.on } } : undefined;
}
