import type { ReceiptView } from "@weft/contracts/client";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import type { MessageKey } from "../t.ts";

type Coming = ReceiptView["toCome"][number];

/** Where and when a part of a sale is fetched, or that it is sent. */
export function comingText({ kind, placeName: store, promisedAt, slotEndsAt, timeZone }: Coming, t: Translate<MessageKey>): string {
  if (promisedAt === null) return kind === "ship" ? t("till.receipt.sent") : t("till.receipt.fetched", { store });
  const day = formatDate(promisedAt, { timeZone, style: "day" });
  if (kind === "ship") return t("till.receipt.sent_by", { day });
  const time = formatTime(promisedAt, { timeZone });
  const until = slotEndsAt === null ? "" : ` – ${formatTime(slotEndsAt, { timeZone })}`;
  return t("till.receipt.fetched_at", { store, time: `${day} ${time}${until}` });
}
