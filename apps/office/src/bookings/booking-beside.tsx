import { Button } from "@mantine/core";
import type { PlaceBookingView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { BOOKINGS_KEY } from "./queries.ts";
import { MoveBooking } from "./move-booking.tsx";
import { PaidNote } from "./paid-note.tsx";
import { StateBadge } from "./state-badge.tsx";

/** One booking: who comes, what they said, and what became of it. */
export function BookingBeside({ booking, onClose }: { readonly booking: PlaceBookingView; readonly onClose: () => void }) {
  const may = useMay();
  const { id, customerId, customerName, serviceName, staffName, startsAt, timeZone, seats, note, state } = booking;
  const close = useAct(
    (outcome: "attended" | "no_show") => api.ask("bookings.close", { params: { id }, body: { outcome } }),
    [BOOKINGS_KEY],
  );
  const cancel = useAct(() => api.ask("bookings.cancel", { params: { id } }), [BOOKINGS_KEY]);
  return (
    <Beside title={inLanguage(serviceName)} onClose={onClose}>
      <div className={form.form}>
        <p>
          {formatDateTime(startsAt, { timeZone })} · {staffName} <StateBadge state={state} />
        </p>
        <p>
          <PageLink to="/customers/$id" params={{ id: customerId }}>
            {customerName ?? t("office.bookings.nameless")}
          </PageLink>{" "}
          · {t("office.bookings.people_count", { count: seats })}
        </p>
        {note === "" ? null : <p>{note}</p>}
        {may("bookings.close") && state !== "canceled" ? (
          <div className={form.row}>
            <Button loading={close.isPending} disabled={state === "attended"} onClick={() => close.mutate("attended")}>
              {t("office.bookings.came")}
            </Button>
            <Button variant="default" loading={close.isPending} disabled={state === "no_show"} onClick={() => close.mutate("no_show")}>
              {t("office.bookings.did_not_come")}
            </Button>
          </div>
        ) : null}
        {may("bookings.move") && state === "booked" ? <MoveBooking booking={booking} customerId={customerId} /> : null}
        {state === "booked" ? <PaidNote booking={booking} /> : null}
        {may("bookings.cancel") && state === "booked" ? (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(undefined, { onSuccess: onClose })}>
            {t("office.bookings.cancel")}
          </Button>
        ) : null}
      </div>
    </Beside>
  );
}
