import type { Step } from "./order.ts";

/** Quiet for so long, somebody may have gone; so long they are asked. */
const QUIET_MS = 45_000;
const ASKED_MS = 15_000;
/** The number has been read by then, and the next customer waits. */
const DONE_MS = 25_000;

export type Idle = { readonly kind: "here" } | { readonly kind: "asking"; readonly seconds: number } | { readonly kind: "over" };

/**
 * What a time without a touch means [KSK-6]. At the beginning there is nothing to leave; while a card is being charged nothing is taken away, because nobody knows
 * yet how it ends.
 */
export function afterIdle(step: Step, quietMs: number): Idle {
  if (step === "start" || step === "card") return { kind: "here" };
  if (step === "done") return { kind: quietMs < DONE_MS ? "here" : "over" };
  const left = QUIET_MS + ASKED_MS - quietMs;
  if (left <= 0) return { kind: "over" };
  return quietMs < QUIET_MS ? { kind: "here" } : { kind: "asking", seconds: Math.ceil(left / 1000) };
}
