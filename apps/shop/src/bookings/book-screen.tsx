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
import { inLanguage, priceText } from "../text.ts";
import { t } from "../t.ts";
import { bookingsQuery, servicesQuery } from "./bookings.ts";
import { whenText } from "./when-text.ts";
import { TimeChoice } from "./time-choice.tsx";
import styles from "./bookings.module.css";

/**
 * A service is chosen, a store, a day and a time. With `?move=` a booking gets another time, with `?line=` what lies in the cart; with `?store=`,
 * `?service=` or `?sku=` a store and a service are chosen already.
 */
export function BookScreen() {
  const { search } = useAddress();
  const moved = search.get("move");
  return (
    <Narrow
      title={moved === null ? t("shop.bookings.book") : t("shop.bookings.move_title")}
      intro={moved === null ? t("shop.bookings.intro") : undefined}
    >
      {moved === null ? <Chosen given={search} /> : <Moved id={moved} />}
    </Narrow>
  );
}

function Moved({ id }: { readonly id: string }) {
  const customer = useCustomer();
  const bookings = useQuery({ ...bookingsQuery(customer?.customerId ?? ""), enabled: customer !== null });
  const services = useQuery(servicesQuery());
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

function Chosen({ given }: { readonly given: URLSearchParams }) {
  const services = useQuery(servicesQuery());
  const stores = useQuery(storesQuery());
  const near = useStore().store;
  const [storeId, chooseStore] = useState(given.get("store") ?? "");
  const error = services.error ?? stores.error;
  if (error) return <ProblemNote error={error} onRetry={async () => Promise.all([services.refetch(), stores.refetch()])} />;
  if (!services.data || !stores.data) return <Skeleton height="16rem" />;
  const { data: all } = services;
  const asked = all.find(({ id, sku }) => id === given.get("service") || (sku !== null && sku === given.get("sku")));
  const giving = stores.data.filter(({ id }) => (asked ? [asked] : all).some(({ placeIds }) => placeIds.includes(id)));
  const store = giving.find(({ id }) => id === storeId) ?? giving.find(({ id }) => id === near?.id) ?? giving[0];
  if (!store) return <EmptyState title={t("shop.bookings.nowhere")} />;
  return (
    <>
      <SelectField label={t("shop.bookings.store")} value={store.id} onChoose={chooseStore}>
        {giving.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <AtStore
        services={all.filter(({ placeIds }) => placeIds.includes(store.id))}
        asked={asked}
        storeId={store.id}
        lineId={given.get("line")}
      />
    </>
  );
}

type AtStoreProps = {
  readonly services: readonly ServiceView[];
  readonly asked: ServiceView | undefined;
  readonly storeId: string;
  /** The line of the cart that gets another time: it stays the service that it is. */
  readonly lineId: string | null;
};

/** What a store gives, with what it costs there. */
function AtStore({ services, asked, storeId, lineId }: AtStoreProps) {
  const priced = useQuery(servicesQuery(storeId)).data;
  const [serviceId, choose] = useState(asked?.id ?? "");
  const shown = lineId !== null && asked ? [asked] : services;
  const service = shown.find(({ id }) => id === serviceId) ?? shown[0];
  if (!service) return null;
  const here = priced?.find(({ id }) => id === service.id) ?? service;
  return (
    <>
      <ChoiceGroup
        label={t("shop.bookings.service")}
        choices={shown.map((one) => ({ value: one.id, label: inLanguage(one.name), note: aboutService(one, priced) }))}
        value={service.id}
        onChange={choose}
      />
      <p className={styles.quiet}>{inLanguage(service.description)}</p>
      <TimeChoice key={`${service.id} ${storeId}`} service={here} storeId={storeId} moved={null} lineId={lineId ?? undefined} />
    </>
  );
}

/** How long it takes, for how many, and what it costs at the store: nothing, where it is no product. */
function aboutService({ id, minutes, seats, sku }: ServiceView, priced: readonly ServiceView[] | undefined): string {
  const about = seats > 1 ? t("shop.bookings.about_shared", { minutes, seats }) : t("shop.bookings.about", { minutes });
  const price = priced?.find((one) => one.id === id)?.price;
  const cost = sku === null ? t("shop.bookings.costs_nothing") : price ? priceText(price) : undefined;
  return cost === undefined ? about : t("shop.bookings.about_cost", { about, cost });
}
