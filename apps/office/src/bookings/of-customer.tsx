import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { BookFor } from "./book-for.tsx";
import { MoveBooking } from "./move-booking.tsx";
import { BOOKINGS_KEY, ofCustomerQuery } from "./queries.ts";
import { PaidNote } from "./paid-note.tsx";
import { StateBadge } from "./state-badge.tsx";

/** Shown of what lies behind; the rest is in the timeline. */
const MOST_SHOWN = 5;

/** What a customer has booked, and a booking for them while they are on the phone: the same times as in the shop. */
export function BookingsOf({ customerId }: { readonly customerId: string }) {
  const may = useMay();
  const bookings = useQuery(ofCustomerQuery(customerId)).data ?? [];
  const cancel = useAct((id: string) => api.ask("bookings.cancel", { params: { id } }), [["customer", customerId], BOOKINGS_KEY]);
  return (
    <Section title={t("office.nav.bookings")}>
      {bookings.length === 0 ? <p>{t("office.bookings.customer_none")}</p> : null}
      <ul>
        {bookings.slice(0, MOST_SHOWN).map((booking) => (
          <li key={booking.id}>
            {inLanguage(booking.serviceName)}, {formatDateTime(booking.startsAt, { timeZone: booking.timeZone })}, {booking.placeName}{" "}
            <StateBadge state={booking.state} />{" "}
            {booking.state === "booked" && may("bookings.move") ? <MoveBooking booking={booking} customerId={customerId} /> : null}
            {booking.state === "booked" && may("bookings.cancel") ? (
              <Button size="compact-xs" variant="subtle" loading={cancel.isPending} onClick={() => cancel.mutate(booking.id)}>
                {t("office.bookings.cancel")}
              </Button>
            ) : null}
            {booking.state === "booked" ? <PaidNote booking={booking} /> : null}
          </li>
        ))}
      </ul>
      {may("bookings.book") ? <BookFor customerId={customerId} /> : null}
    </Section>
  );
}
