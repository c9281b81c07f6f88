import type { Problems } from "@weft/kernel";

export type PrivacyError =
  | { readonly code: "customer.unknown" }
  | { readonly code: "privacy.request_unknown" }
  | { readonly code: "privacy.request_closed" }
  | { readonly code: "privacy.extended_before" }
  | { readonly code: "privacy.too_late_to_extend" }
  | { readonly code: "privacy.how_missing" }
  | { readonly code: "privacy.received_ahead" };

export const PRIVACY_PROBLEMS: Problems<PrivacyError> = {
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "privacy.request_unknown": { status: 404, title: "There is no such request" },
  "privacy.request_closed": { status: 409, title: "This request was closed: only notes can be added" },
  "privacy.extended_before": { status: 409, title: "The time for this request was extended before" },
  "privacy.too_late_to_extend": { status: 409, title: "More time can be taken within the first month only" },
  "privacy.how_missing": { status: 422, title: "Say how the request was made: it is entered for somebody" },
  "privacy.received_ahead": { status: 422, title: "A request cannot have come in the future" },
};
