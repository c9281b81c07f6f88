import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { BodyOf, ServiceView } from "@weft/contracts/client";
import { lineTotal } from "@weft/kernel";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { usePlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { BOOKINGS_KEY, openingsQuery, servicesQuery } from "./queries.ts";

/**
 * A service for somebody on the phone, at the same times as in the shop. What costs nothing is booked; what costs something is held in a cart for
 * them, from which they get a link to pay by.
 */
export function BookFor({ customerId }: { readonly customerId: string }) {
  const may = useMay();
  const navigate = useNavigate();
  const services = (useQuery(servicesQuery).data ?? []).filter(({ isActive, sku }) => isActive && (sku === null || may("offers.make")));
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
  const isSold = service !== undefined && service.sku !== null;
  const body = { id: wanted.id, serviceId: service?.id ?? "", storeId: placeId ?? "", startsAt: startsAt ?? "", note: wanted.note };
  const book = useAct(
    async () => (isSold ? holdInCart(customerId, body) : (await api.ask("bookings.book", { params: { id: customerId }, body }), null)),
    [["customer", customerId], ["openings"], ["offers"], BOOKINGS_KEY],
  );
  if (!service || placeId === undefined) return null;
  const done = (cartId: string | null): void => {
    change({ id: newKey(), startsAt: "", note: "" });
    showToast(t(cartId === null ? "office.bookings.booked" : "office.bookings.held"));
    if (cartId !== null) void navigate({ to: "/offers/$id", params: { id: cartId } });
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
          data={services.map((one) => ({ value: one.id, label: labelOf(one) }))}
          onChange={({ currentTarget }) => change({ id: newKey(), serviceId: currentTarget.value })}
        />
        <NativeSelect
          label={t("office.orders.place")}
          value={placeId}
          data={giving}
          onChange={({ currentTarget }) => change({ id: newKey(), placeId: currentTarget.value })}
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
      {isSold ? <p className={form.quiet}>{t("office.bookings.paid_by_link")}</p> : null}
      <Button type="submit" variant="default" loading={book.isPending} disabled={startsAt === undefined}>
        {t(isSold ? "office.bookings.hold" : "office.bookings.book")}
      </Button>
    </form>
  );
}

/** Its name, and what one seat costs where it costs something. */
const labelOf = ({ name, price }: ServiceView): string =>
  price ? `${inLanguage(name)} · ${formatMoney({ amount: lineTotal(price, 1), currency: price.currency })}` : inLanguage(name);

/** A cart for the customer with the time held in it; sent again after a failure, both are what they were. Answers the cart. */
async function holdInCart(customerId: string, body: BodyOf<"bookings.intoCart">): Promise<string> {
  const cart = await api.ask("carts.openForCustomer", {
    body: { customerId, placeId: body.storeId },
    headers: keyHeader(body.id),
  });
  await api.ask("bookings.intoCart", { params: { id: cart.id }, body });
  return cart.id;
}
