import type { Money, Problems } from "@weft/kernel";

export type LedgerError =
  | { readonly code: "tips.place_unknown" }
  /** What is owed to the staff of the place. */
  | { readonly code: "tips.more_than_owed"; readonly owed: Money };

export const LEDGER_PROBLEMS: Problems<LedgerError> = {
  "tips.place_unknown": { status: 404, title: "There is no such place" },
  "tips.more_than_owed": { status: 409, title: "So much is not owed to the staff of this place" },
};
