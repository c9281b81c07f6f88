import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

export const SERVICES_KEY = ["services"];
export const BOOKINGS_KEY = ["bookings"];
export const ADVISERS_KEY = ["advisers"];

export const servicesQuery = queryOptions({
  queryKey: SERVICES_KEY,
  queryFn: async ({ signal }) => (await api.ask("services.list", { signal })).items,
});

/** What is booked at a store on a day. */
export const dayQuery = (placeId: string, day: string) =>
  queryOptions({
    queryKey: [...BOOKINGS_KEY, placeId, day],
    queryFn: ({ signal }) => api.ask("bookings.ofStore", { params: { id: placeId }, query: { from: day, days: 1 }, signal }),
    // Customers book by themselves.
    refetchInterval: 30_000,
  });

export const advisersQuery = (placeId: string) =>
  queryOptions({
    queryKey: [...ADVISERS_KEY, placeId],
    queryFn: async ({ signal }) => (await api.ask("advisers.list", { params: { id: placeId }, signal })).items,
  });

/** When a service can be booked at a store: the same times as in the shop. */
export const openingsQuery = (serviceId: string, placeId: string) =>
  queryOptions({
    queryKey: ["openings", serviceId, placeId],
    queryFn: ({ signal }) =>
      api.ask("services.openings", { params: { id: serviceId }, query: { storeId: placeId, days: DAYS_AHEAD }, signal }),
  });

const DAYS_AHEAD = 14;

export const ofCustomerQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "bookings"],
    queryFn: async ({ signal }) => (await api.ask("bookings.ofCustomer", { params: { id: customerId }, signal })).items,
  });
