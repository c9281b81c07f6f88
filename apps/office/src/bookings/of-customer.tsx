import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { newKey } from "@weft/ui/api/api.ts";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { usePlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { MoveBooking } from "./move-booking.tsx";
import { BOOKINGS_KEY, ofCustomerQuery, openingsQuery, servicesQuery } from "./queries.ts";
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

/** What costs something is paid for when it is booked, in the shop or at a till: here it is for what costs nothing. */
function BookFor({ customerId }: { readonly customerId: string }) {
  const services = (useQuery(servicesQuery).data ?? []).filter(({ isActive, sku }) => isActive && sku === null);
  const places = usePlaceOptions();
  const [wanted, setWanted] = useState({ id: newKey(), serviceId: "", placeId: "", startsAt: "", note: "" });
  const change = (part: Partial<typeof wanted>): void => setWanted((now) => ({ ...now, ...part }));
  const service = services.find(({ id }) => id === wanted.serviceId) ?? services[0];
  const giving = places.filter(({ value }) => service?.placeIds.includes(value));
  const placeId = giving.find(({ value }) => value === wanted.placeId)?.value ?? giving[0]?.value;
  const openings = useQuery({
    ...openingsQuery(service?.id ?? "", placeId ?? ""),
    enabled: service !== undefined && placeId !== undefined,
  }).data;
  const startsAt = openings?.items.find((one) => one.startsAt === wanted.startsAt)?.startsAt ?? openings?.items[0]?.startsAt;
  const book = useAct(
    () =>
      api.ask("bookings.book", {
        params: { id: customerId },
        body: { id: wanted.id, serviceId: service?.id ?? "", storeId: placeId ?? "", startsAt: startsAt ?? "", note: wanted.note },
      }),
    [["customer", customerId], ["openings"], BOOKINGS_KEY],
  );
  if (!service || placeId === undefined) return null;
  const done = (): void => {
    change({ id: newKey(), startsAt: "", note: "" });
    showToast(t("office.bookings.booked"));
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        book.mutate(undefined, { onSuccess: done });
      }}
    >
      <div className={form.row}>
        <NativeSelect
          label={t("office.bookings.service")}
          value={service.id}
          data={services.map(({ id, name }) => ({ value: id, label: inLanguage(name) }))}
          onChange={({ currentTarget }) => change({ serviceId: currentTarget.value })}
        />
        <NativeSelect
          label={t("office.orders.place")}
          value={placeId}
          data={giving}
          onChange={({ currentTarget }) => change({ placeId: currentTarget.value })}
        />
        <NativeSelect
          label={t("office.bookings.time")}
          value={startsAt ?? ""}
          data={(openings?.items ?? []).map((one) => ({
            value: one.startsAt,
            label: formatDateTime(one.startsAt, { timeZone: openings?.timeZone }),
          }))}
          onChange={({ currentTarget }) => change({ startsAt: currentTarget.value })}
        />
      </div>
      <TextInput
        maxLength={300}
        label={t("office.bookings.note")}
        value={wanted.note}
        onChange={({ currentTarget }) => change({ note: currentTarget.value })}
      />
      <Button type="submit" variant="default" loading={book.isPending} disabled={startsAt === undefined}>
        {t("office.bookings.book")}
      </Button>
    </form>
  );
}
