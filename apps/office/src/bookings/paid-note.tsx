import type { BookingView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";

/** Of what was paid: until when a cancellation gives the money back. Nothing is said of what cost nothing. */
export function PaidNote({ booking: { orderId, changeableUntil, timeZone } }: { readonly booking: BookingView }) {
  return orderId === null ? null : <small>{t("office.bookings.paid_back", { at: formatDateTime(changeableUntil, { timeZone }) })}</small>;
}
