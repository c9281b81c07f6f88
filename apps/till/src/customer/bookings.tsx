import IconCalendarEvent from "@tabler/icons-react/dist/esm/icons/IconCalendarEvent.mjs";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { PlaceBookingView, TillCustomerView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { BookFor, OwnBookings } from "./book-for.tsx";
import { MoveBooking } from "./move-booking.tsx";
import styles from "./customer.module.css";

/** What can be booked at this store; nothing is shown where nothing can. */
export const servicesQuery = (storeId: string) =>
  queryOptions({
    queryKey: ["services", storeId],
    queryFn: async ({ signal }) =>
      (await api.ask("services.list", { query: { storeId }, signal })).items.filter(({ isActive }) => isActive),
    staleTime: 300_000,
  });

/** Who comes today. */
const todayQuery = (storeId: string) =>
  queryOptions({
    queryKey: ["bookings", storeId],
    queryFn: ({ signal }) => api.ask("bookings.ofStore", { params: { id: storeId }, query: { days: 1 }, signal }),
    refetchInterval: 60_000,
  });

/** Today's appointments of the store; with a customer on the ticket what they have booked, and another one for them. */
export function Bookings({ customer }: { readonly customer: TillCustomerView | null }) {
  const { register } = useTill();
  const [isOpen, setOpen] = useState(false);
  const services = useQuery(servicesQuery(register.placeId)).data ?? [];
  const today = useQuery({ ...todayQuery(register.placeId), enabled: services.length > 0 });
  if (services.length === 0) return null;
  const waiting = (today.data?.items ?? []).filter(({ state }) => state === "booked").length;
  const known = customer?.knownAs === "customer" ? customer : null;
  return (
    <>
      <Button wide onClick={() => setOpen(true)}>
        <IconCalendarEvent aria-hidden /> {known ? t("till.bookings.open") : t("till.bookings.today_count", { count: waiting })}
      </Button>
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={known ? t("till.bookings.open") : t("till.bookings.today")}>
        <div className={styles.form}>
          {known ? <OwnBookings customer={known} /> : null}
          {known ? <BookFor customer={known} services={services} /> : null}
          {known ? <strong>{t("till.bookings.today")}</strong> : null}
          {today.isError ? <ProblemNote error={today.error} onRetry={today.refetch} /> : null}
          {today.data?.items.length === 0 ? <p>{t("till.bookings.none_today")}</p> : null}
          {today.data?.items.map((booking) => (
            <Today key={booking.id} booking={booking} />
          ))}
        </div>
      </Sheet>
    </>
  );
}

const TONES = { booked: "info", attended: "good", no_show: "warn", canceled: "plain" } as const;

function Today({ booking }: { readonly booking: PlaceBookingView }) {
  const { id, startsAt, timeZone, customerName, serviceName, staffName, seats, state } = booking;
  const { register } = useTill();
  const close = useMutation({
    mutationFn: (outcome: "attended" | "no_show") => api.ask("bookings.close", { params: { id }, body: { outcome } }),
    onSuccess: () => api.queries.invalidateQueries({ queryKey: ["bookings", register.placeId] }),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <div className={styles.elsewhere}>
      <p>
        <strong>
          {formatTime(startsAt, { timeZone })} · {customerName ?? t("till.bookings.nameless")}
        </strong>{" "}
        {textOf(serviceName)}
        {seats > 1 ? ` × ${seats}` : ""} · {staffName} <Badge tone={TONES[state]}>{t(`till.bookings.state.${state}`)}</Badge>
      </p>
      {state === "booked" ? (
        <div className={styles.pair}>
          <Button busy={close.isPending} onClick={() => close.mutate("attended")}>
            {t("till.bookings.came")}
          </Button>
          <Button busy={close.isPending} onClick={() => close.mutate("no_show")}>
            {t("till.bookings.did_not_come")}
          </Button>
          <MoveBooking booking={booking} onMoved={() => api.queries.invalidateQueries({ queryKey: ["bookings", register.placeId] })} />
        </div>
      ) : null}
    </div>
  );
}
