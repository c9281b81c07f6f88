import { useMutation, useQuery } from "@tanstack/react-query";
import type { BookingView, ServiceOpeningView, ServiceView } from "@weft/contracts/client";
import { addDays, wallClock } from "@weft/kernel";
import { newKey } from "@weft/ui/api/api.ts";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useCustomer } from "../customer/session.ts";
import { Link, navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import { askBookings, DAYS_SHOWN, openingsQuery } from "./bookings.ts";
import { BookForMoney } from "./book-for-money.tsx";
import { whenText } from "./when-text.ts";
import styles from "./bookings.module.css";

type Props = {
  readonly service: ServiceView;
  readonly storeId: string;
  readonly moved: BookingView | null;
  /** The line of the cart whose time it is. */
  readonly lineId?: string | undefined;
};

/** A day and a time of a service, week by week; with whoever is free, or with one adviser. */
export function TimeChoice({ service, storeId, moved, lineId }: Props) {
  const now = useNow();
  const [from, setFrom] = useState<string>();
  const [staffId, setStaff] = useState("");
  const [startsAt, choose] = useState("");
  const openings = useQuery(openingsQuery({ serviceId: service.id, storeId, from, staffId: staffId || undefined }));
  if (openings.isError && !openings.data) return <ProblemNote error={openings.error} onRetry={openings.refetch} />;
  if (!openings.data) return <Skeleton height="14rem" />;
  const { timeZone, advisers, items } = openings.data;
  const today = wallClock(now, timeZone).date;
  const first = from ?? today;
  const chosen = items.find((one) => one.startsAt === startsAt);
  const last = addDays(today, service.daysAhead);
  return (
    <>
      <SelectField label={t("shop.bookings.with")} value={staffId} onChoose={setStaff}>
        <option value="">{t("shop.bookings.anyone")}</option>
        {advisers.map((one) => (
          <option key={one.staffId} value={one.staffId}>
            {one.name}
          </option>
        ))}
      </SelectField>
      {items.length === 0 ? <p role="status">{t("shop.bookings.no_times")}</p> : null}
      <Days items={items} timeZone={timeZone} chosen={startsAt} onChoose={choose} />
      <div className={styles.actions}>
        <Button kind="quiet" disabled={first <= today} onClick={() => setFrom(addDays(first, -DAYS_SHOWN))}>
          {t("shop.bookings.earlier")}
        </Button>
        <Button kind="quiet" disabled={addDays(first, DAYS_SHOWN) > last} onClick={() => setFrom(addDays(first, DAYS_SHOWN))}>
          {t("shop.bookings.later")}
        </Button>
      </div>
      {chosen && service.sku !== null && !moved ? (
        <BookForMoney service={service} storeId={storeId} opening={chosen} timeZone={timeZone} staffId={staffId || null} lineId={lineId} />
      ) : chosen ? (
        <Confirm service={service} storeId={storeId} moved={moved} opening={chosen} timeZone={timeZone} staffId={staffId || null} />
      ) : null}
    </>
  );
}

type DaysProps = {
  readonly items: readonly ServiceOpeningView[];
  readonly timeZone: string;
  readonly chosen: string;
  readonly onChoose: (startsAt: string) => void;
};

function Days({ items, timeZone, chosen, onChoose }: DaysProps) {
  const days = [...Map.groupBy(items, ({ startsAt }) => wallClock(new Date(startsAt), timeZone).date)];
  return days.map(([date, times]) => (
    <fieldset key={date} className={styles.day}>
      <legend>{formatDate(times[0]?.startsAt ?? date, { timeZone, style: "day" })}</legend>
      <div className={styles.times}>
        {times.map(({ startsAt }) => (
          <button key={startsAt} type="button" aria-pressed={startsAt === chosen} onClick={() => onChoose(startsAt)}>
            {formatTime(startsAt, { timeZone })}
          </button>
        ))}
      </div>
    </fieldset>
  ));
}

type ConfirmProps = Props & { readonly opening: ServiceOpeningView; readonly timeZone: string; readonly staffId: string | null };

function Confirm({ service, storeId, moved, opening: { startsAt, endsAt, left }, timeZone, staffId }: ConfirmProps) {
  const customer = useCustomer();
  const [seats, setSeats] = useState(1);
  const [note, setNote] = useState("");
  // The same booking however often it is sent.
  const [id] = useState(newKey);
  const book = useMutation({
    mutationFn: () =>
      moved
        ? api.ask("bookings.move", { params: { id: moved.id }, body: { startsAt, staffId } })
        : api.ask("bookings.book", {
            params: { id: "me" },
            body: { id, serviceId: service.id, storeId, startsAt, staffId, seats: Math.min(seats, left), note },
          }),
    onSuccess: async () => {
      showToast(moved ? t("shop.bookings.moved") : t("shop.bookings.booked"));
      if (customer) await askBookings(customer.customerId);
      navigate(pathTo("bookings"));
    },
    onError: () => void api.queries.invalidateQueries({ queryKey: ["openings"] }),
  });
  const here = `${pathTo("book")}?${new URLSearchParams({ store: storeId })}`;
  return (
    <section className={styles.confirm} aria-label={t("shop.bookings.chosen")}>
      <strong>{whenText({ startsAt, endsAt, timeZone })}</strong>
      {service.seats > 1 && !moved ? (
        <div className={styles.seats}>
          <span>{t("shop.bookings.seats")}</span>
          <Stepper what={t("shop.bookings.seats")} value={Math.min(seats, left)} max={left} onChange={setSeats} />
        </div>
      ) : null}
      {moved ? null : (
        <Field label={t("shop.bookings.note")} maxLength={300} value={note} onChange={({ target }) => setNote(target.value)} />
      )}
      {customer ? (
        <Button kind="primary" wide busy={book.isPending} onClick={() => book.mutate()}>
          {moved ? t("shop.bookings.move_now") : t("shop.bookings.book_now")}
        </Button>
      ) : (
        <Link to={`${pathTo("signIn")}?next=${encodeURIComponent(here)}`}>{t("shop.bookings.sign_in_to_book")}</Link>
      )}
      {book.error ? <ProblemNote error={book.error} /> : null}
    </section>
  );
}
