import { queryOptions } from "@tanstack/react-query";
import type { BookingView } from "@weft/contracts/client";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { t } from "../t.ts";

/** What can be booked, at whatever store. */
export const servicesQuery = queryOptions({
  queryKey: ["services"],
  queryFn: async ({ signal }) => (await api.ask("services.list", { signal })).items,
  staleTime: 60_000,
});

type Asked = {
  readonly serviceId: string;
  readonly storeId: string;
  readonly from: string | undefined;
  readonly staffId: string | undefined;
};

/** The times of a week, the same as staff see them. */
export const openingsQuery = ({ serviceId, storeId, from, staffId }: Asked) =>
  queryOptions({
    queryKey: ["openings", serviceId, storeId, from ?? "", staffId ?? ""],
    queryFn: ({ signal }) =>
      api.ask("services.openings", { params: { id: serviceId }, query: { storeId, from, days: DAYS_SHOWN, staffId }, signal }),
    // Others book meanwhile.
    staleTime: 10_000,
  });

export const DAYS_SHOWN = 7;

/** What the customer has booked, on whatever channel. */
export const bookingsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "bookings"],
    queryFn: async ({ signal }) => (await api.ask("bookings.ofCustomer", { params: { id: "me" }, signal })).items,
  });

/** What was taken or given back is asked for anew, here and on the list. */
export async function askBookings(customerId: string): Promise<void> {
  await Promise.all([
    api.queries.invalidateQueries({ queryKey: ["customer", customerId, "bookings"] }),
    api.queries.invalidateQueries({ queryKey: ["openings"] }),
  ]);
}

/** `Monday, March 2, 10:00 – 10:30`, by the clock of the store. */
export function whenText({ startsAt, endsAt, timeZone }: Pick<BookingView, "startsAt" | "endsAt" | "timeZone">): string {
  const span = t("shop.slots.span", { from: formatTime(startsAt, { timeZone }), until: formatTime(endsAt, { timeZone }) });
  return t("shop.bookings.when", { day: formatDate(startsAt, { timeZone, style: "day" }), span });
}
