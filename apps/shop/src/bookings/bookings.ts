import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** What can be booked, at whatever store; with the prices of one, where it is named. */
export const servicesQuery = (storeId?: string) =>
  queryOptions({
    queryKey: ["services", storeId ?? ""],
    queryFn: async ({ signal }) => (await api.ask("services.list", { query: storeId === undefined ? {} : { storeId }, signal })).items,
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
