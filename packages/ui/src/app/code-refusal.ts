import type { Because } from "@weft/contracts/client";
import { t } from "../t.ts";

/** Why a code can do nothing, by the kinds of pricing rule PRC-6. */
const KINDS = [
  "unknown",
  "typed_twice",
  "not_yet_valid",
  "expired",
  "used_up",
  "other_currency",
  "out_of_scope",
  "below_minimum",
  "not_combinable",
  "nothing_to_discount",
] as const;

/** Why a code takes nothing off this cart, in words. */
export function codeRefusal({ kind }: Because): string {
  // The hub writes the family before the kind: `code.expired`.
  const known = KINDS.find((other) => kind === other || kind.endsWith(`.${other}`));
  return t(`ui.code.refused.${known ?? "other"}`);
}
