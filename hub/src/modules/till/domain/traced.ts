import type { ReceiptView } from "@weft/contracts/client";
import type { Trace } from "../../batches/domain/index.ts";

type Reason = { readonly kind: string; readonly data?: Record<string, unknown> | undefined };

/** What a receipt says of this very one: its serial number for a warranty [BAT-1], and that it was marked down because its last day was near [BAT-8]. */
export function tracedOn(trace: Trace | undefined, because: readonly Reason[]): Pick<ReceiptView["lines"][number], "serial" | "nearEnd"> {
  const near = because.find(({ kind }) => kind === "price.near_end")?.data;
  return {
    ...(trace?.serial !== undefined && { serial: trace.serial }),
    ...(near && { nearEnd: { on: String(near["on"]), percent: Number(near["percent"]) } }),
  };
}
