import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { BookingView, ServiceView, TillCustomerView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { lineTotal } from "@weft/kernel";
import { api } from "../api.ts";
import { useNow } from "../common/use-now.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { MoveBooking } from "./move-booking.tsx";
import { openingsQuery } from "./openings.ts";
import { bookOnTicket } from "./services.ts";
import styles from "./customer.module.css";

const ownQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "bookings"],
    queryFn: async ({ signal }) => (await api.ask("bookings.ofCustomer", { params: { id: customerId }, signal })).items,
  });

async function askAgain({ customerId }: TillCustomerView, storeId: string): Promise<void> {
  await Promise.all([
    api.queries.invalidateQueries({ queryKey: ["customer", customerId, "bookings"] }),
    api.queries.invalidateQueries({ queryKey: ["bookings", storeId] }),
    api.queries.invalidateQueries({ queryKey: ["openings", storeId] }),
  ]);
}

/** What the customer on the ticket has ahead, at whatever store; it can be canceled for them. */
export function OwnBookings({ customer }: { readonly customer: TillCustomerView }) {
  const { register } = useTill();
  const own = (useQuery(ownQuery(customer.customerId)).data ?? []).filter(({ state }) => state === "booked");
  const cancel = useMutation({
    mutationFn: (id: string) => api.ask("bookings.cancel", { params: { id } }),
    onSuccess: () => askAgain(customer, register.placeId),
    onError: (error) => showToast(problemText(error)),
  });
  if (own.length === 0) return <p>{t("till.bookings.none")}</p>;
  return own.map((booking) => (
    <div key={booking.id} className={styles.elsewhere}>
      <p>
        <strong>{textOf(booking.serviceName)}</strong> {formatDateTime(booking.startsAt, { timeZone: booking.timeZone })} ·{" "}
        {booking.placeName} · {booking.staffName}
      </p>
      {booking.orderId === null ? null : <PaidNote booking={booking} />}
      <div className={styles.pair}>
        <MoveBooking booking={booking} onMoved={() => askAgain(customer, register.placeId)} />
        <Button busy={cancel.isPending} onClick={() => cancel.mutate(booking.id)}>
          {t("till.bookings.cancel")}
        </Button>
      </div>
    </div>
  ));
}

/** Until when the money goes back, said before somebody cancels. */
function PaidNote({ booking: { changeableUntil, timeZone } }: { readonly booking: BookingView }) {
  const isInTime = useNow() <= new Date(changeableUntil);
  return (
    <p>{isInTime ? t("till.bookings.paid_back", { at: formatDateTime(changeableUntil, { timeZone }) }) : t("till.bookings.paid_late")}</p>
  );
}

type Props = { readonly customer: TillCustomerView; readonly services: readonly ServiceView[] };

/** A booking for the customer on the ticket: the same times as in the shop. */
export function BookFor({ customer, services }: Props) {
  const { register } = useTill();
  const storeId = register.placeId;
  const [wanted, setWanted] = useState({ id: newKey(), serviceId: "", startsAt: "" });
  const service = services.find(({ id }) => id === wanted.serviceId) ?? services[0];
  const openings = useQuery({ ...openingsQuery(storeId, service?.id ?? ""), enabled: service !== undefined }).data;
  const startsAt = openings?.items.find((one) => one.startsAt === wanted.startsAt)?.startsAt ?? openings?.items[0]?.startsAt;
  // What costs something is paid with the ticket.
  const isSold = service !== undefined && service.sku !== null;
  const book = useMutation({
    mutationFn: async () => {
      const body = { id: wanted.id, serviceId: service?.id ?? "", storeId, startsAt: startsAt ?? "" };
      if (isSold) await bookOnTicket(body);
      else await api.ask("bookings.book", { params: { id: customer.customerId }, body });
    },
    onSuccess: async () => {
      showToast(t(isSold ? "till.bookings.on_ticket" : "till.bookings.booked"));
      setWanted({ id: newKey(), serviceId: service?.id ?? "", startsAt: "" });
      await askAgain(customer, storeId);
    },
    onError: (error) => showToast(problemText(error)),
  });
  if (!service) return null;
  return (
    <>
      <SelectField
        label={t("till.bookings.service")}
        value={service.id}
        onChoose={(serviceId) => setWanted((now) => ({ ...now, serviceId, startsAt: "" }))}
      >
        {services.map(({ id, name, price }) => (
          <option key={id} value={id}>
            {price
              ? t("till.bookings.priced", {
                  name: textOf(name),
                  price: formatMoney({ amount: lineTotal(price, 1), currency: price.currency }),
                })
              : textOf(name)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("till.bookings.time")}
        value={startsAt ?? ""}
        onChoose={(time) => setWanted((now) => ({ ...now, startsAt: time }))}
      >
        {(openings?.items ?? []).map((one) => (
          <option key={one.startsAt} value={one.startsAt}>
            {formatDateTime(one.startsAt, { timeZone: openings?.timeZone })}
          </option>
        ))}
      </SelectField>
      <Button kind="primary" disabled={startsAt === undefined} busy={book.isPending} onClick={() => book.mutate()}>
        {t(isSold ? "till.bookings.sell" : "till.bookings.book")}
      </Button>
    </>
  );
}
