import { useQuery } from "@tanstack/react-query";
import { priceGroupsQuery } from "../companies/queries.ts";
import { t } from "../t.ts";

/** The groups that the hub keeps itself; their codes are the same everywhere, their names are the reader's. */
const KEPT = ["member", "buyer"] as const;

/** A customer group by its name; one that a retailer made up is called as it was typed. */
export function customerGroupName(code: string): string {
  const kept = KEPT.find((one) => one === code);
  return kept ? t(`office.promotions.group.${kept}`) : code;
}

/** Groups to choose from: those the hub keeps, those that companies and price lists name, and those chosen or typed already. */
export function useCustomerGroupOptions(more: readonly string[]): { value: string; label: string }[] {
  const named = useQuery(priceGroupsQuery).data?.items ?? [];
  return [...new Set([...KEPT, ...named, ...more])].map((code) => ({ value: code, label: customerGroupName(code) }));
}
