import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";
import type { CompanyState } from "./queries.ts";

const TONES = { active: "good", suggested: "warn", archived: "plain" } as const;

/** Where a company stands. */
export function CompanyBadge({ state }: { readonly state: CompanyState }) {
  return <Badge tone={TONES[state]}>{t(`office.companies.state.${state}`)}</Badge>;
}
