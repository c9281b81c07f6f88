import { useQuery } from "@tanstack/react-query";
import type { BookingView, ServiceView } from "@weft/contracts/client";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { useCustomer } from "../customer/session.ts";
import { useAddress } from "../router/router.tsx";
import { Narrow } from "../shared/narrow.tsx";
import { storesQuery, useStore } from "../stores/stores.ts";
import { inLanguage } from "../text.ts";
import { t } from "../t.ts";
import { bookingsQuery, servicesQuery, whenText } from "./bookings.ts";
import { TimeChoice } from "./time-choice.tsx";
import styles from "./bookings.module.css";

/** A service is chosen, a store, a day and a time. With `?move=` a booking gets another time; with `?store=` a store is chosen already. */
export function BookScreen() {
  const { search } = useAddress();
  const moved = search.get("move");
  return (
    <Narrow
      title={moved === null ? t("shop.bookings.book") : t("shop.bookings.move_title")}
      intro={moved === null ? t("shop.bookings.free") : undefined}
    >
      {moved === null ? <Chosen storeId={search.get("store")} /> : <Moved id={moved} />}
    </Narrow>
  );
}

function Moved({ id }: { readonly id: string }) {
  const customer = useCustomer();
  const bookings = useQuery({ ...bookingsQuery(customer?.customerId ?? ""), enabled: customer !== null });
  const services = useQuery(servicesQuery);
  const error = bookings.error ?? services.error;
  if (error) return <ProblemNote error={error} onRetry={async () => Promise.all([bookings.refetch(), services.refetch()])} />;
  if (!bookings.data || !services.data) return <Skeleton height="16rem" />;
  const booking = bookings.data.find((one: BookingView) => one.id === id);
  const service = services.data.find((one) => one.id === booking?.serviceId);
  if (!booking || !service) return <EmptyState title={t("shop.bookings.gone")} />;
  return (
    <>
      <p>
        {inLanguage(booking.serviceName)}: {whenText(booking)}
      </p>
      <TimeChoice key={booking.id} service={service} storeId={booking.placeId} moved={booking} />
    </>
  );
}

function Chosen({ storeId }: { readonly storeId: string | null }) {
  const services = useQuery(servicesQuery);
  const stores = useQuery(storesQuery());
  const near = useStore().store;
  const [wanted, setWanted] = useState({ serviceId: "", storeId: storeId ?? "" });
  const error = services.error ?? stores.error;
  if (error) return <ProblemNote error={error} onRetry={async () => Promise.all([services.refetch(), stores.refetch()])} />;
  if (!services.data || !stores.data) return <Skeleton height="16rem" />;
  const { data: all } = services;
  const giving = stores.data.filter(({ id }) => all.some(({ placeIds }) => placeIds.includes(id)));
  const store = giving.find(({ id }) => id === wanted.storeId) ?? giving.find(({ id }) => id === near?.id) ?? giving[0];
  if (!store) return <EmptyState title={t("shop.bookings.nowhere")} />;
  const here = all.filter(({ placeIds }) => placeIds.includes(store.id));
  const service = here.find(({ id }) => id === wanted.serviceId) ?? here[0];
  return (
    <>
      <SelectField label={t("shop.bookings.store")} value={store.id} onChoose={(id) => setWanted((now) => ({ ...now, storeId: id }))}>
        {giving.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <ChoiceGroup
        label={t("shop.bookings.service")}
        choices={here.map((one) => ({ value: one.id, label: inLanguage(one.name), note: aboutService(one) }))}
        value={service?.id}
        onChange={(serviceId) => setWanted((now) => ({ ...now, serviceId }))}
      />
      {service ? <p className={styles.quiet}>{inLanguage(service.description)}</p> : null}
      {service ? <TimeChoice key={`${service.id} ${store.id}`} service={service} storeId={store.id} moved={null} /> : null}
    </>
  );
}

const aboutService = ({ minutes, seats }: ServiceView): string =>
  seats > 1 ? t("shop.bookings.about_shared", { minutes, seats }) : t("shop.bookings.about", { minutes });
