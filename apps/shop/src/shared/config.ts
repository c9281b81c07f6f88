import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** What the hub says of the shop itself: brand, currency, whether this is a demo. */
export const configQuery = queryOptions({ queryKey: ["config"], queryFn: api.config, staleTime: Number.POSITIVE_INFINITY });
