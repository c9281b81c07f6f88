import type { BookingView } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

const TONES = { booked: "info", attended: "good", no_show: "warn", canceled: "plain" } as const;

/** What became of a booking, in a word. */
export function StateBadge({ state }: Pick<BookingView, "state">) {
  return <Badge tone={TONES[state]}>{t(`office.bookings.state.${state}`)}</Badge>;
}
