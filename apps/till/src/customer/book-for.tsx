import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { ServiceView, TillCustomerView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

const DAYS = 14;

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
  return own.map(({ id, serviceName, startsAt, timeZone, placeName, staffName }) => (
    <div key={id} className={styles.elsewhere}>
      <p>
        <strong>{textOf(serviceName)}</strong> {formatDateTime(startsAt, { timeZone })} · {placeName} · {staffName}
      </p>
      <Button busy={cancel.isPending} onClick={() => cancel.mutate(id)}>
        {t("till.bookings.cancel")}
      </Button>
    </div>
  ));
}

type Props = { readonly customer: TillCustomerView; readonly services: readonly ServiceView[] };

/** A booking for the customer on the ticket: the same times as in the shop. */
export function BookFor({ customer, services }: Props) {
  const { register } = useTill();
  const storeId = register.placeId;
  const [wanted, setWanted] = useState({ id: newKey(), serviceId: "", startsAt: "" });
  const service = services.find(({ id }) => id === wanted.serviceId) ?? services[0];
  const openings = useQuery({
    queryKey: ["openings", storeId, service?.id ?? ""],
    queryFn: ({ signal }) => api.ask("services.openings", { params: { id: service?.id ?? "" }, query: { storeId, days: DAYS }, signal }),
    enabled: service !== undefined,
  }).data;
  const startsAt = openings?.items.find((one) => one.startsAt === wanted.startsAt)?.startsAt ?? openings?.items[0]?.startsAt;
  const book = useMutation({
    mutationFn: () =>
      api.ask("bookings.book", {
        params: { id: customer.customerId },
        body: { id: wanted.id, serviceId: service?.id ?? "", storeId, startsAt: startsAt ?? "" },
      }),
    onSuccess: async () => {
      showToast(t("till.bookings.booked"));
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
        {services.map(({ id, name }) => (
          <option key={id} value={id}>
            {textOf(name)}
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
        {t("till.bookings.book")}
      </Button>
    </>
  );
}
