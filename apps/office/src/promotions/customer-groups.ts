import { useQuery } from "@tanstack/react-query";
import { inLanguage } from "../common/text.ts";
import { priceGroupsQuery } from "../companies/queries.ts";
import { programQuery } from "../loyalty/program-query.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

/** The groups that the hub keeps itself; their codes are the same everywhere, their names are the reader's. */
const KEPT = ["member", "buyer"] as const;

/** A customer group by its name; one that a retailer made up is called as it was typed. `nameOf` knows the tiers. */
export function customerGroupName(code: string, nameOf: (id: string) => string = (id) => id): string {
  const named = nameOf(code);
  if (named !== code) return named;
  const kept = KEPT.find((one) => one === code);
  if (kept) return t(`office.promotions.group.${kept}`);
  return code.startsWith(TIER) ? t("office.promotions.group.tier", { tier: code.slice(TIER.length) }) : code;
}

/** The groups of those in a tier of the loyalty program begin with this. */
const TIER = "tier:";

/** The groups of the program's tiers by their names; nothing for who may not look at the program. */
export function useTierGroups(): ReadonlyMap<string, string> {
  const mayRead = useMay()("loyalty.program");
  const tiers = useQuery({ ...programQuery, enabled: mayRead }).data?.earnRules[0]?.tiers?.tiers ?? [];
  return new Map(tiers.map(({ code, name }) => [`${TIER}${code}`, t("office.promotions.group.tier", { tier: inLanguage(name) })]));
}

/** Groups to choose from: those the hub keeps, those that companies and price lists name, and those chosen or typed already. */
export function useCustomerGroupOptions(more: readonly string[]): { value: string; label: string }[] {
  const named = useQuery(priceGroupsQuery).data?.items ?? [];
  const names = useTierGroups();
  return [...new Set([...KEPT, ...names.keys(), ...named, ...more])].map((code) => ({
    value: code,
    label: names.get(code) ?? customerGroupName(code),
  }));
}
