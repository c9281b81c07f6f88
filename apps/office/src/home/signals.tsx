import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import IconProgressCheck from "@tabler/icons-react/dist/esm/icons/IconProgressCheck.mjs";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { HealthReportView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactNode } from "react";
import { useMay } from "../session/session.ts";
import { t, type MessageKey } from "../t.ts";
import styles from "./home.module.css";
import { healthQuery, openMatchesQuery, waitingQuarantineQuery } from "./queries.ts";

/** What may need someone, each with its figure and the way there. Nothing waiting is said, too. */
export function Signals() {
  const may = useMay();
  return (
    <ul className={styles.signals}>
      {may("platform.report") ? <HealthSignals /> : null}
      {may("quarantine.list") ? <QuarantineSignal /> : null}
      {may("customers.matches") ? <MatchSignal /> : null}
    </ul>
  );
}

type Page = { readonly items: readonly unknown[]; readonly nextCursor: string | null };

function HealthSignals() {
  const health = useQuery(healthQuery);
  return (
    <>
      <Signal query={health} to="/health" label="office.home.health" bad={(report) => !isWell(report)} text={healthText} />
      <Signal
        query={health}
        to="/failed-events"
        label="office.nav.failed"
        bad={(report) => deadLetters(report) > 0}
        text={(report) => t("office.home.waiting", { count: deadLetters(report) })}
      />
    </>
  );
}

function QuarantineSignal() {
  return <CountSignal query={useQuery(waitingQuarantineQuery)} to="/quarantine" label="office.nav.quarantine" />;
}

function MatchSignal() {
  return <CountSignal query={useQuery(openMatchesQuery)} to="/matches" label="office.nav.matches" isWork />;
}

type CountProps = { readonly query: UseQueryResult<Page>; readonly to: string; readonly label: MessageKey; readonly isWork?: boolean };

/** A list whose length is the signal. Work that waits is no alarm. */
function CountSignal({ query, to, label, isWork = false }: CountProps) {
  return (
    <Signal
      query={query}
      to={to}
      label={label}
      bad={(page) => !isWork && page.items.length > 0}
      work={(page) => isWork && page.items.length > 0}
      text={(page) => t("office.home.waiting_more", { count: page.items.length, more: page.nextCursor === null ? "no" : "yes" })}
    />
  );
}

type SignalProps<Answer> = {
  readonly query: UseQueryResult<Answer>;
  readonly to: string;
  readonly label: MessageKey;
  readonly bad: (answer: Answer) => boolean;
  /** Waits for somebody, which is no alarm. */
  readonly work?: (answer: Answer) => boolean;
  readonly text: (answer: Answer) => ReactNode;
};

function Signal<Answer>({ query, to, label, bad, work, text }: SignalProps<Answer>) {
  const isBad = query.isError || (query.data !== undefined && bad(query.data));
  const isWork = query.data !== undefined && (work?.(query.data) ?? false);
  const Icon = isBad ? IconAlertTriangle : isWork ? IconProgressCheck : IconCircleCheck;
  return (
    <li>
      <Link to={to} className={styles.signal} data-bad={isBad || undefined} data-work={isWork || undefined}>
        <Icon size={20} stroke={1.75} aria-hidden />
        <span>{t(label)}</span>
        <strong>
          {query.isPending ? <Skeleton width="4rem" /> : query.data === undefined ? problemText(query.error) : text(query.data)}
        </strong>
      </Link>
    </li>
  );
}

function deadLetters(report: HealthReportView): number {
  return report.subscribers.reduce((sum, { deadLetters: own }) => sum + own, 0);
}

function violations(report: HealthReportView): number {
  return report.invariants.results.reduce((sum, result) => sum + result.violations, 0);
}

function isWell(report: HealthReportView): boolean {
  return report.database.reachable && violations(report) === 0 && report.log.lagMs < 60_000;
}

function healthText(report: HealthReportView): string {
  if (!report.database.reachable) return t("office.health.unreachable");
  const broken = violations(report);
  return broken > 0
    ? t("office.health.violations", { count: broken })
    : isWell(report)
      ? t("office.health.well")
      : t("office.health.behind");
}
