import type { BookingView } from "@weft/contracts/client";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";

/** `Monday, March 2, 10:00 – 10:30`, by the clock of the store. */
export function whenText({ startsAt, endsAt, timeZone }: Pick<BookingView, "startsAt" | "endsAt" | "timeZone">): string {
  const span = t("shop.slots.span", { from: formatTime(startsAt, { timeZone }), until: formatTime(endsAt, { timeZone }) });
  return t("shop.bookings.when", { day: formatDate(startsAt, { timeZone, style: "day" }), span });
}
