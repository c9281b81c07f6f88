import type { Disposition, ReturnReason } from "@weft/contracts";
import { err, ok, type LineId, type Result } from "@weft/kernel";
import type { BroughtUnits } from "./plan-return.ts";

/** States as they are kept; whether the money of what was accepted went back is asked of its refunds. */
export type RequestState = "requested" | "received" | "accepted" | "refused" | "canceled";

export type RequestMove = "receive" | "inspect" | "cancel";

export type RequestClosed = { readonly code: "return.request_closed"; readonly state: RequestState };

/**
 * Whether something may be done with an announced return [RET-11]: it is taken back until something is received, received once, and decided
 * about where it lies; what is brought to a counter is received and decided about in one act. Errors: `return.request_closed` with the state
 * that closed it.
 */
export function mayMove(state: RequestState, move: RequestMove): Result<null, RequestClosed> {
  const isOpen = move === "inspect" ? state === "requested" || state === "received" : state === "requested";
  return isOpen ? ok(null) : err({ code: "return.request_closed", state });
}

export type RequestedUnits = { readonly orderLineId: LineId; readonly quantity: number; readonly reason: ReturnReason };

export type InspectedUnits = { readonly orderLineId: LineId; readonly accepted: number; readonly disposition: Disposition };

export type InspectionError =
  | { readonly code: "return.line_unknown"; readonly orderLineId: string }
  | { readonly code: "return.units_gone"; readonly orderLineId: string; readonly requested: number; readonly returnable: number }
  | { readonly code: "return.reason_missing" };

/**
 * What is taken of an announced return: of each line at most what was announced, for the reason that its customer gave. A line that is not
 * named is not taken. Whatever is not taken is said why [RET-12]. Errors: `return.line_unknown`, `return.units_gone`, `return.reason_missing`.
 */
export function inspect(
  announced: readonly RequestedUnits[],
  found: readonly InspectedUnits[],
  reason: string | undefined,
): Result<readonly BroughtUnits[], InspectionError> {
  const taken: BroughtUnits[] = [];
  for (const { orderLineId, accepted, disposition } of found) {
    const line = announced.find((one) => one.orderLineId === orderLineId);
    if (!line || taken.some((one) => one.orderLineId === orderLineId)) return err({ code: "return.line_unknown", orderLineId });
    if (accepted > line.quantity) return err({ code: "return.units_gone", orderLineId, requested: accepted, returnable: line.quantity });
    if (accepted > 0) taken.push({ orderLineId, quantity: accepted, reason: line.reason, disposition });
  }
  const sum = (lines: readonly { readonly quantity: number }[]) => lines.reduce((all, { quantity }) => all + quantity, 0);
  if (sum(taken) < sum(announced) && reason === undefined) return err({ code: "return.reason_missing" });
  return ok(taken);
}

/** Letters and digits that nobody mistakes for each other, read aloud or on a creased slip. */
const ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY";
const CODE_LENGTH = 8;

/** A return code from random bytes (at least 16): `RT` and 25^8, about 150 thousand million. Bytes that would favor a letter are skipped. */
export function returnCode(random: Uint8Array): string {
  const letters = [...random].filter((byte) => byte < 250).map((byte) => ALPHABET[byte % ALPHABET.length]);
  return `RT${letters.slice(0, CODE_LENGTH).join("")}`;
}

/** What a person typed or a slip says, as the code is kept: without spaces and dashes, in capitals. */
export function normalizeReturnCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}
