import { formatDateTime } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import type { MessageKey } from "../t.ts";
import type { PaperRow } from "./paper.ts";

/** The rows that all papers are made of. */
export const text = (value: string): PaperRow => ({ kind: "text", text: value });
export const indented = (value: string): PaperRow => ({ kind: "text", text: value, indent: 2 });
export const centered = (value: string): PaperRow => ({ kind: "text", text: value, isCentered: true });
export const loud = (value: string): PaperRow => ({ kind: "text", text: value, isCentered: true, isBold: true, isBig: true });
export const pair = (left: string, right: string): PaperRow => ({ kind: "pair", left, right });

/** What stands on top of a paper that is not the thing itself: practice, or a copy with its number and reason [DEV-5]. */
export function warningRows(
  training: boolean,
  copy: { readonly copy: number; readonly reason: string } | undefined,
  t: Translate<MessageKey>,
): PaperRow[] {
  return [
    ...(training ? [loud(t("till.receipt.training"))] : []),
    ...(copy ? [loud(t("till.print.duplicate", { copy: copy.copy })), centered(copy.reason), { kind: "gap" } as const] : []),
  ];
}

/** When, by the clock of the place. */
export const at = (instant: string, timeZone: string): string => formatDateTime(instant, { timeZone, style: "short" });
