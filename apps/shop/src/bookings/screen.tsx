import { useMutation, useQuery } from "@tanstack/react-query";
import type { BookingView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useCustomer } from "../customer/session.ts";
import { Link, navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { saveFile } from "../shared/save-file.ts";
import { Narrow } from "../shared/narrow.tsx";
import { inLanguage } from "../text.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import { askBookings, bookingsQuery } from "./bookings.ts";
import { whenText } from "./when-text.ts";
import styles from "./bookings.module.css";

/** What the customer has booked: moved or canceled until the store's time of notice, and put into their own calendar. */
export function BookingsScreen() {
  const customer = useCustomer();
  return <Narrow title={t("shop.bookings.title")}>{customer ? <Own customerId={customer.customerId} /> : <SignInFirst />}</Narrow>;
}

function SignInFirst() {
  return (
    <EmptyState title={t("shop.bookings.sign_in")}>
      <Link to={`${pathTo("signIn")}?next=${pathTo("bookings")}`}>{t("shop.sign_in.title")}</Link>
      <Link to={pathTo("book")}>{t("shop.bookings.look")}</Link>
    </EmptyState>
  );
}

function Own({ customerId }: { readonly customerId: string }) {
  const now = useNow();
  useLive(`customer/${customerId}`);
  const bookings = useQuery(bookingsQuery(customerId));
  if (bookings.isError && !bookings.data) return <ProblemNote error={bookings.error} onRetry={bookings.refetch} />;
  if (!bookings.data) return <Skeleton height="12rem" />;
  const isAhead = ({ state, endsAt }: BookingView): boolean => state === "booked" && new Date(endsAt) > now;
  const ahead = bookings.data.filter(isAhead).toReversed();
  const over = bookings.data.filter((one) => !isAhead(one));
  return (
    <>
      {ahead.length === 0 ? <EmptyState title={t("shop.bookings.none")} text={t("shop.bookings.none_hint")} /> : null}
      <ul className={styles.list}>
        {ahead.map((booking) => (
          <Ahead key={booking.id} booking={booking} customerId={customerId} isChangeable={new Date(booking.changeableUntil) > now} />
        ))}
      </ul>
      <Button kind="primary" onClick={() => navigate(pathTo("book"))}>
        {t("shop.bookings.book")}
      </Button>
      {over.length > 0 ? (
        <section className={styles.over} aria-label={t("shop.bookings.over")}>
          <h2>{t("shop.bookings.over")}</h2>
          <ul className={styles.list}>
            {over.map((booking) => (
              <li key={booking.id}>
                <Facts booking={booking} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

type AheadProps = { readonly booking: BookingView; readonly customerId: string; readonly isChangeable: boolean };

function Ahead({ booking, customerId, isChangeable }: AheadProps) {
  const cancel = useMutation({
    mutationFn: () => api.ask("bookings.cancel", { params: { id: booking.id } }),
    onSuccess: async () => {
      showToast(t(booking.orderId === null ? "shop.bookings.canceled" : "shop.bookings.canceled_paid"));
      await askBookings(customerId);
    },
  });
  const keep = useMutation({
    mutationFn: async () => saveFile(await api.file(`/v1/bookings/${booking.id}/calendar`, {}), "booking.ics"),
  });
  const error = cancel.error ?? keep.error;
  return (
    <li>
      <Facts booking={booking} />
      <div className={styles.actions}>
        {isChangeable ? <Link to={`${pathTo("book")}?${new URLSearchParams({ move: booking.id })}`}>{t("shop.bookings.move")}</Link> : null}
        <Button kind="quiet" busy={keep.isPending} onClick={() => keep.mutate()}>
          {t("shop.bookings.to_calendar")}
        </Button>
        {isChangeable ? (
          <Button kind="quiet" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("shop.bookings.cancel")}
          </Button>
        ) : (
          <p className={styles.quiet}>{t(booking.orderId === null ? "shop.bookings.too_late" : "shop.bookings.too_late_paid")}</p>
        )}
      </div>
      {error ? <ProblemNote error={error} /> : null}
    </li>
  );
}

const TONES = { booked: "plain", attended: "good", no_show: "warn", canceled: "plain" } as const;

function Facts({ booking }: { readonly booking: BookingView }) {
  const { serviceName, placeName, staffName, seats, note, state, orderId } = booking;
  return (
    <div className={styles.facts}>
      <strong>{inLanguage(serviceName)}</strong>
      <span>{whenText(booking)}</span>
      <span className={styles.quiet}>{t("shop.bookings.where", { place: placeName, name: staffName })}</span>
      {seats > 1 ? <span className={styles.quiet}>{t("shop.bookings.people", { count: seats })}</span> : null}
      {orderId === null ? null : <Link to={pathTo("order", { id: orderId })}>{t("shop.bookings.order")}</Link>}
      {note === "" ? null : <span className={styles.quiet}>{note}</span>}
      {state === "booked" ? null : <Badge tone={TONES[state]}>{t(`shop.bookings.state.${state}`)}</Badge>}
    </div>
  );
}
