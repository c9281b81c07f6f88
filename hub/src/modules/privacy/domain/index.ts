import type { Id } from "@weft/kernel";

export type RequestId = Id<"privacy request">;

/** What can be done with a request. */
export type StepKind = "identity_checked" | "note" | "extended" | "answered" | "refused";

/** Where a request stands, as far as the next step asks. */
export type RequestStanding = {
  readonly state: "open" | "answered" | "refused";
  readonly isExtended: boolean;
  readonly receivedAt: Date;
};

/** Months to answer, and how many an extension adds: GDPR Art. 12(3). */
const MONTHS = 1;
const MONTHS_EXTENDED = 3;

/**
 * When an answer is due [PRV-2]: a month after the request came, three where its time was extended; at the end of a month that is shorter,
 * on its last day. `dueOf(31 January)` is 28 February.
 */
export function dueOf(receivedAt: Date, isExtended: boolean): Date {
  const due = new Date(receivedAt);
  const day = due.getUTCDate();
  due.setUTCDate(1);
  due.setUTCMonth(due.getUTCMonth() + (isExtended ? MONTHS_EXTENDED : MONTHS));
  const lastDay = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0)).getUTCDate();
  due.setUTCDate(Math.min(day, lastDay));
  return due;
}

export type StepDecision =
  | { readonly kind: "does"; readonly state: RequestStanding["state"]; readonly isExtended: boolean }
  | { readonly kind: "refused"; readonly because: "closed" | "extended_before" | "too_late_to_extend" };

/**
 * What a step does with a request [PRV-3]: a closed one takes notes only; more time is taken once, and told within the first month.
 */
export function decideStep({ state, isExtended, receivedAt }: RequestStanding, step: StepKind, now: Date): StepDecision {
  if (step === "note") return { kind: "does", state, isExtended };
  if (state !== "open") return { kind: "refused", because: "closed" };
  if (step === "answered" || step === "refused") return { kind: "does", state: step, isExtended };
  if (step === "identity_checked") return { kind: "does", state, isExtended };
  if (isExtended) return { kind: "refused", because: "extended_before" };
  return now > dueOf(receivedAt, false) ? { kind: "refused", because: "too_late_to_extend" } : { kind: "does", state, isExtended: true };
}
