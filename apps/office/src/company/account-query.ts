import { queryOptions, type QueryClient } from "@tanstack/react-query";
import type { CompanyAccountView } from "@weft/contracts/client";
import { api } from "../api.ts";

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ["companies", "one", id, "account"],
    queryFn: ({ signal }) => api.ask("companies.account", { params: { id }, signal }),
  });

/** What moves an account shows on its company and its orders, too. */
export const TOUCHED = [["companies"], ["orders"]];

/** Whatever touches an account is answered with it: it is shown as it is then. */
export const keepAccount = (queries: QueryClient, account: CompanyAccountView): void => {
  queries.setQueryData(accountQuery(account.companyId).queryKey, account);
};
