import type { PaperRow } from "./paper.ts";

/** Why a printer did not print. `interrupted`: the till was closed in the middle, so nobody knows whether the paper is there. */
export type PrintProblem =
  | "no_printer"
  | "unreachable"
  | "busy"
  | "refused"
  | "broken"
  | "paper_out"
  | "cover_open"
  | "bridge_unreachable"
  | "bridge_unpaired"
  | "interrupted";

/** Something to be printed, or a drawer to be opened. It is kept until it is done, and a sale never waits for it [DEV-4]. */
export type PrintJob = {
  readonly id: string;
  readonly what: "receipt" | "return" | "slip" | "test" | "drawer";
  /** What people call it: the number of the receipt. */
  readonly title: string;
  /** The order whose receipt it is, or the return. */
  readonly orderId: string | null;
  /** Copies of one receipt count from 1; 0 is the receipt itself [DEV-5]. */
  readonly copy: number;
  readonly rows: readonly PaperRow[];
  readonly state: "queued" | "sent" | "done" | "failed" | "reprinted_elsewhere";
  readonly problem: PrintProblem | null;
  /** Somebody has seen that it failed, and left it at that. */
  readonly isLeft: boolean;
  /** When it was made (ISO 8601). */
  readonly at: string;
};

export type PrintEvent =
  | { readonly kind: "taken" }
  | { readonly kind: "printed" }
  | { readonly kind: "not_printed"; readonly problem: PrintProblem }
  | { readonly kind: "again" }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "left" }
  | { readonly kind: "till_started" };

/** What a job is after an event; undefined where the event says nothing about it [DEV-4]. */
export function afterEvent(job: PrintJob, event: PrintEvent): PrintJob | undefined {
  const { state } = job;
  switch (event.kind) {
    case "taken":
      return state === "queued" ? { ...job, state: "sent" } : undefined;
    case "printed":
      return state === "sent" ? { ...job, state: "done", problem: null } : undefined;
    case "not_printed":
      return state === "sent" ? { ...job, state: "failed", problem: event.problem } : undefined;
    case "again":
      return state === "failed" ? { ...job, state: "queued", problem: null } : undefined;
    case "elsewhere":
      return state === "failed" ? { ...job, state: "reprinted_elsewhere", problem: null } : undefined;
    case "left":
      return state === "failed" ? { ...job, isLeft: true } : undefined;
    case "till_started":
      return state === "sent" ? { ...job, state: "failed", problem: "interrupted" } : undefined;
  }
}

/** A receipt that is printed so long after its sale is a copy, even the first one (France, since 1 August 2023). */
const ORIGINAL_FOR_MS = 10 * 60_000;

/**
 * Which copy of a receipt the next print is: 0 while it is the receipt itself, which is once and soon after the sale [DEV-5]. What is printed
 * elsewhere was printed.
 */
export function nextCopy(jobs: readonly PrintJob[], receipt: { readonly id: string; readonly at: string }, now: Date): number {
  const printed = jobs.filter(({ what, orderId, state }) => {
    const isPrinted = state === "done" || state === "reprinted_elsewhere";
    return (what === "receipt" || what === "return") && orderId === receipt.id && isPrinted;
  });
  const isLate = now.getTime() - Date.parse(receipt.at) > ORIGINAL_FOR_MS;
  const highest = Math.max(-1, ...printed.map(({ copy }) => copy));
  return Math.max(highest + 1, isLate ? 1 : 0);
}
