import type { Problems } from "@weft/kernel";

export type TouchpointError =
  | { readonly code: "quarantine.unknown" }
  | { readonly code: "quarantine.not_waiting"; readonly state: string }
  | { readonly code: "quarantine.no_handler"; readonly kind: string };

export const TOUCHPOINT_PROBLEMS: Problems<TouchpointError> = {
  "quarantine.unknown": { status: 404, title: "There is no such item" },
  "quarantine.not_waiting": { status: 409, title: "This item does not wait any more" },
  "quarantine.no_handler": { status: 409, title: "Nothing takes items of this kind again" },
};
