import type { Money, Problems } from "@weft/kernel";
import type { TenderError } from "./domain.ts";

export type PaymentError =
  | TenderError
  | { readonly code: "payment.declined"; readonly reason: string }
  | { readonly code: "payment.timed_out" }
  | { readonly code: "payment.amount_differs"; readonly expected: Money; readonly captured: Money }
  | { readonly code: "payment.method_not_offered"; readonly kind: string };

export const PAYMENT_PROBLEMS: Problems<PaymentError> = {
  "payment.tenders_differ": { status: 422, title: "The tenders do not add up to the total" },
  "payment.amount_missing": { status: 422, title: "Only one tender may leave its amount open" },
  "payment.cash_short": { status: 422, title: "The cash handed over does not cover its part" },
  "payment.declined": { status: 402, title: "The payment was declined" },
  "payment.timed_out": { status: 402, title: "The payment provider did not answer; nothing was charged" },
  "payment.amount_differs": { status: 409, title: "Another amount was taken than agreed; it goes back" },
  "payment.method_not_offered": { status: 422, title: "This way of paying is not offered here" },
};
