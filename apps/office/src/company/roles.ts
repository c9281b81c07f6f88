import { api } from "../api.ts";
import { companyQuery } from "../companies/queries.ts";
import { useAct } from "../common/act.ts";

export const ROLES = ["owner", "buyer", "member"] as const;
export type Role = (typeof ROLES)[number];

/** The answer of every change of people is the company: what the reader sees is that, without asking again. */
export function useSetMember(companyId: string) {
  return useAct(
    ({ customerId, role }: { readonly customerId: string; readonly role: Role }) =>
      api.ask("companies.setMember", { params: { id: companyId, customerId }, body: { role } }),
    [["companies"]],
    (queries, company) => queries.setQueryData(companyQuery(companyId).queryKey, company),
  );
}
