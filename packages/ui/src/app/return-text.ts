import type { Because } from "@weft/contracts/client";
import { formatBusinessDate } from "../i18n/format.ts";
import { t } from "../t.ts";

const CLOSED = ["imported", "nothing_left", "store_credit_only", "other_entity", "too_late", "too_many"] as const;

/** Why nothing of an order comes back, in words; a rule that this screen does not know is said as all of them. */
export function closedText({ kind, data }: Because): string {
  const known = CLOSED.find((each) => each === kind);
  if (known === undefined) return t("ui.return.closed.other");
  if (known === "too_late") return t("ui.return.closed.too_late", { date: formatBusinessDate(String(data?.["until"]), "day") });
  if (known === "too_many") return t("ui.return.closed.too_many", { returns: Number(data?.["returns"]), days: Number(data?.["days"]) });
  return t(`ui.return.closed.${known}`);
}
