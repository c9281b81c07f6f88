import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import type { COMPANY_STATES } from "../searches.ts";

export type CompanyState = (typeof COMPANY_STATES)[number];

export const companiesQuery = ({ query, state }: { readonly query: string | undefined; readonly state: CompanyState | undefined }) =>
  pagedQuery(["companies", "list", { query, state }], (page, signal) =>
    api.ask("companies.list", {
      query: { ...page, ...(query !== undefined && { query }), ...(state && { state }), limit: PAGE_ROWS },
      signal,
    }),
  );

export const companyQuery = (id: string) =>
  queryOptions({ queryKey: ["companies", "one", id], queryFn: ({ signal }) => api.ask("companies.read", { params: { id }, signal }) });

export const companyOrdersQuery = (companyId: string) =>
  pagedQuery(["companies", "one", companyId, "orders"], (page, signal) =>
    api.ask("orders.list", { query: { ...page, companyId, limit: 10 }, signal }),
  );

/** The companies that somebody belongs to. */
export const companiesOfQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["companies", "of", customerId],
    queryFn: ({ signal }) => api.ask("companies.ofCustomer", { params: { id: customerId }, signal }),
  });

export const priceGroupsQuery = queryOptions({
  queryKey: ["companies", "price-groups"],
  queryFn: ({ signal }) => api.ask("companies.priceGroups", { signal }),
});

/** A few that fit what is typed, to choose one from. */
export const companiesLike = (query: string) =>
  queryOptions({
    queryKey: ["companies", "like", query],
    queryFn: ({ signal }) => api.ask("companies.list", { query: { query, state: "active", limit: 5 }, signal }),
  });
