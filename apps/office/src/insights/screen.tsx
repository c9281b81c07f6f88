import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ContinuityView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { FilterChoice } from "../common/filter-choice.tsx";
import { About, Figure, Figures } from "../common/report.tsx";
import { useToday } from "../common/use-today.ts";
import { continuityRoute } from "../routes.tsx";
import { t } from "../t.ts";
import { formatPercent, isPair, pairKey } from "./cells.ts";
import { ContinuityMatrix } from "./matrix.tsx";
import { PairBeside } from "./pair-beside.tsx";

const DAYS = ["7", "30", "90", "365"] as const;

const continuityQuery = (today: string, days: string) =>
  queryOptions({
    queryKey: ["continuity", today, days],
    queryFn: ({ signal }) => {
      const since = new Date(Date.parse(today) - Number(days) * 86_400_000).toISOString();
      return api.ask("continuity.read", { query: { since }, signal });
    },
    refetchInterval: 15_000,
  });

/** What came along when customers changed the channel: a map of pairs of channels, each with its figure, its color and its causes. */
export function ContinuityScreen(): ReactElement {
  const { open, ...filters } = continuityRoute.useSearch();
  const days = filters.days ?? "30";
  const navigate = continuityRoute.useNavigate();
  const today = useToday();
  const continuity = useQuery(continuityQuery(today, days));
  const pair = continuity.data?.pairs.find((one) => isPair(one, open));
  return (
    <Page
      title={t("office.nav.continuity")}
      actions={
        <FilterChoice
          label={t("office.continuity.time")}
          value={days}
          options={DAYS.map((value) => ({ value, label: t("office.continuity.days", { count: Number(value) }) }))}
          onChange={(next) => void navigate({ search: next === undefined ? {} : { days: next }, replace: true })}
        />
      }
      beside={
        pair ? <PairBeside key={pairKey(pair)} pair={pair} onClose={() => void navigate({ search: filters, replace: true })} /> : null
      }
    >
      <About>{t("office.continuity.about")}</About>
      {continuity.isPending ? <ScreenSkeleton /> : null}
      {continuity.isError ? <ProblemNote error={continuity.error} onRetry={continuity.refetch} /> : null}
      {continuity.data ? <Report continuity={continuity.data} search={filters} open={open} /> : null}
    </Page>
  );
}

type ReportProps = {
  readonly continuity: ContinuityView;
  readonly search: { readonly days?: string | undefined };
  readonly open: string | undefined;
};

function Report({ continuity, search, open }: ReportProps) {
  if (continuity.seams === 0) return <EmptyState title={t("office.continuity.none")} text={t("office.continuity.none_text")} />;
  return (
    <>
      <Summary continuity={continuity} />
      <ContinuityMatrix pairs={continuity.pairs} search={search} open={open} />
      <About>{t("office.continuity.verdict", { count: continuity.leastSeams })}</About>
    </>
  );
}

function Summary({ continuity: { share, seams, index, late, behind, withoutVerdict } }: { readonly continuity: ContinuityView }) {
  return (
    <Figures>
      <Figure label={t("office.continuity.carried")} value={share ? formatPercent(share.share) : "–"}>
        {share ? t("office.continuity.between", { low: formatPercent(share.low), high: formatPercent(share.high) }) : null}
      </Figure>
      <Figure label={t("office.continuity.seams")} value={formatNumber(seams)}>
        {withoutVerdict > 0 ? t("office.continuity.without", { count: withoutVerdict }) : null}
      </Figure>
      <Figure label={t("office.continuity.index")} value={index === null ? "–" : formatNumber(index, { maximumFractionDigits: 2 })}>
        {t("office.continuity.index_about")}
      </Figure>
      <Figure label={t("office.continuity.late")} value={formatNumber(late.seams)}>
        {late.medianSeconds === null ? null : t("office.continuity.late_by", { hours: formatNumber(Math.ceil(late.medianSeconds / 3600)) })}
      </Figure>
      {behind > 0 ? (
        <Figure label={t("office.continuity.behind")} value={formatNumber(behind)}>
          {t("office.continuity.behind_about")}
        </Figure>
      ) : null}
    </Figures>
  );
}
