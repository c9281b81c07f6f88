import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** A device is heard to the minute. */
const REFRESH_MS = 60_000;

/** Tills and screens that are in use at the reader's places, and when each was last heard. */
export const devicesQuery = queryOptions({
  queryKey: ["devices"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("access.devices", { signal }),
});
