import { Switch } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { EntityConsentRuleView } from "@weft/contracts/client";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { Suppressions } from "./suppressions.tsx";

const rulesQuery = queryOptions({ queryKey: ["consent-rules"], queryFn: ({ signal }) => api.ask("consent.entityRules", { signal }) });

/** What holds for messages everywhere: where a yes is confirmed from the mailbox, and which addresses are left alone. */
export function TermsScreen(): ReactElement {
  const may = useMay();
  return (
    <Page title={t("office.nav.terms")}>
      {may("consent.entityRules") ? <Rules /> : null}
      <Suppressions />
    </Page>
  );
}

function Rules() {
  const rules = useQuery(rulesQuery);
  return (
    <Section title={t("office.terms.twice")}>
      <p className={form.quiet}>{t("office.terms.twice_text")}</p>
      {rules.isPending ? <Skeleton height="4rem" /> : null}
      {rules.isError ? <ProblemNote error={rules.error} onRetry={rules.refetch} /> : null}
      <ul className={form.rows}>
        {rules.data?.items.map((rule) => (
          <RuleRow key={rule.entityId} rule={rule} />
        ))}
      </ul>
    </Section>
  );
}

function RuleRow({ rule: { entityId, name, country, asksTwice, isOwnSetting } }: { readonly rule: EntityConsentRuleView }) {
  const may = useMay();
  const set = useAct(
    (own: boolean) => api.ask("consent.setEntityRule", { params: { id: entityId }, body: { asksTwice: own } }),
    [rulesQuery.queryKey],
  );
  return (
    <li>
      <span className={form.grow}>
        {name} ({country})
      </span>
      {isOwnSetting ? <Badge>{t("office.terms.own")}</Badge> : <small>{t("office.terms.custom")}</small>}
      <Switch
        aria-label={t("office.terms.twice_for", { name })}
        checked={asksTwice}
        disabled={!may("consent.setEntityRule") || set.isPending}
        onChange={({ currentTarget }) => set.mutate(currentTarget.checked)}
      />
    </li>
  );
}
