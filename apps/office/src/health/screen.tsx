import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { HealthReportView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Figure, Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import { wordOf } from "../common/text.ts";
import { healthQuery } from "../home/queries.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./health.module.css";

const REFRESH_MS = 5000;

/** Whether the hub itself is well: its database, its log and who reads it, live streams, and what must always be true. */
export function HealthScreen(): ReactElement {
  const health = useQuery({ ...healthQuery, refetchInterval: REFRESH_MS });
  if (health.isPending) return <ScreenSkeleton />;
  if (health.isError) return <ProblemNote error={health.error} onRetry={health.refetch} />;
  return (
    <Page title={t("office.nav.health")} actions={<TimeAgo at={new Date(health.dataUpdatedAt).toISOString()} />}>
      <Figures report={health.data} />
      <Signals report={health.data} />
      <Invariants report={health.data} />
      <Section title={t("office.health.subscribers")}>
        <DataTable
          label={t("office.health.subscribers")}
          columns={subscriberColumns()}
          rows={health.data.subscribers}
          rowKey={({ name }) => name}
        />
      </Section>
      <Section title={t("office.health.operations")}>
        <DataTable
          label={t("office.health.operations")}
          columns={operationColumns()}
          rows={health.data.operations}
          rowKey={({ operation }) => operation}
        />
      </Section>
      <Section title={t("office.health.counts")}>
        <div className={styles.figures}>
          {Object.entries(health.data.counts).map(([name, count]) => (
            <Figure key={name} label={wordOf(`office.health.count.${name}`, name)} value={formatNumber(count)} />
          ))}
        </div>
      </Section>
    </Page>
  );
}

function Figures({ report }: { readonly report: HealthReportView }) {
  const { database, log, live } = report;
  return (
    <div className={styles.figures}>
      <Figure
        label={t("office.health.database")}
        value={
          <Badge tone={database.reachable ? "good" : "bad"}>
            {database.reachable ? t("office.health.reachable") : t("office.health.unreachable")}
          </Badge>
        }
        note={`${bytesText(database.sizeBytes)} · ${t("office.health.migrations", { count: database.migrations })}`}
      />
      <Figure
        label={t("office.health.log")}
        value={formatNumber(log.position)}
        note={t("office.health.log_say", { waiting: formatNumber(log.waiting), lag: formatNumber(log.lagMs) })}
      />
      <Figure
        label={t("office.health.live")}
        value={formatNumber(live.streams)}
        note={t("office.health.subjects", { count: live.subjects })}
      />
      <Figure
        label={t("office.health.uptime")}
        value={uptimeText(report.uptimeSeconds)}
        note={`Weft ${report.version} · Node ${report.node}`}
      />
    </div>
  );
}

/** What is not well stands first, with what to look at; the rest is one line each. */
function Signals({ report: { signals } }: { readonly report: HealthReportView }) {
  const sorted = [...signals].sort((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state));
  return (
    <Section title={t("office.health.signals")}>
      <ul className={styles.invariants}>
        {sorted.map((signal) => (
          <li key={signal.name}>
            <Badge tone={TONES[signal.state]}>{wordOf(`office.health.state.${signal.state}`, signal.state)}</Badge>
            <span>
              {wordOf(`office.health.signal.${signal.name}`, signal.name)}
              {signal.state === "good" ? null : <About signal={signal} />}
            </span>
            <span className={styles.value}>
              {signal.value === null ? "–" : valueText(signal.value, signal.unit)}
              <small className={styles.quiet}>
                {" "}
                {t(signal.worse === "above" ? "office.health.at_most" : "office.health.at_least", {
                  value: valueText(signal.watch, signal.unit),
                })}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Signal = HealthReportView["signals"][number];

/** What it measures and what to look at, in the reader's language; of a signal without words here, as it came. */
function About({ signal: { name, about } }: { readonly signal: Signal }) {
  const words = wordOf(`office.health.about.${name}`, "");
  return (
    <small className={styles.about} {...(words === "" && { lang: "en" })}>
      {words === "" ? about : words}
    </small>
  );
}

const URGENCY: readonly Signal["state"][] = ["bad", "unknown", "watch", "good"];
const TONES = { bad: "bad", unknown: "bad", watch: "warn", good: "good" } as const;

function valueText(value: number, unit: Signal["unit"]): string {
  if (unit === "ratio") return formatNumber(value, { style: "percent", maximumFractionDigits: 1 });
  if (unit === "days") return formatNumber(value, { style: "unit", unit: "day", maximumFractionDigits: 0 });
  if (unit === "count") return formatNumber(value);
  if (value < 120) return formatNumber(value, { style: "unit", unit: "second", maximumFractionDigits: value < 10 ? 1 : 0 });
  if (value < 7200) return formatNumber(value / 60, { style: "unit", unit: "minute", maximumFractionDigits: 0 });
  return formatNumber(value / 3600, { style: "unit", unit: "hour", maximumFractionDigits: 0 });
}

type Operation = HealthReportView["operations"][number];

function operationColumns(): Column<Operation>[] {
  const milliseconds = (value: number): string => formatNumber(value, { style: "unit", unit: "millisecond", maximumFractionDigits: 0 });
  return [
    { key: "operation", label: t("office.health.operation"), cell: ({ operation }) => <code>{operation}</code> },
    { key: "rate", label: t("office.health.per_minute"), align: "end", cell: ({ perMinute }) => formatNumber(perMinute) },
    { key: "refused", label: t("office.health.refused"), align: "end", isMinor: true, cell: ({ refused }) => formatNumber(refused) },
    { key: "failed", label: t("office.health.failed"), align: "end", cell: ({ failed }) => formatNumber(failed) },
    { key: "p50", label: "p50", align: "end", isMinor: true, cell: ({ p50Ms }) => milliseconds(p50Ms) },
    { key: "p95", label: "p95", align: "end", cell: ({ p95Ms }) => milliseconds(p95Ms) },
    { key: "p99", label: "p99", align: "end", cell: ({ p99Ms }) => milliseconds(p99Ms) },
    { key: "statements", label: "SQL", align: "end", isMinor: true, cell: ({ statements }) => formatNumber(statements) },
  ];
}

function Invariants({ report: { invariants } }: { readonly report: HealthReportView }) {
  const may = useMay();
  const queries = useQueryClient();
  const check = useAct(() => api.ask("platform.checkInvariants", {}), []);
  const run = (): void => {
    check.act(undefined, (fresh) => {
      const broken = fresh.results.reduce((sum, { violations }) => sum + violations, 0);
      queries.setQueryData<HealthReportView>(["health"], (held) => held && { ...held, invariants: fresh });
      showToast(
        broken === 0 ? t("office.health.checked_well", { count: fresh.results.length }) : t("office.health.violations", { count: broken }),
      );
    });
  };
  // What is broken stands first: nobody reads thirty green rows.
  const results = [...invariants.results].sort((a, b) => b.violations - a.violations);
  return (
    <Section
      title={t("office.health.invariants")}
      actions={
        <>
          {invariants.checkedAt === null ? null : (
            <small className={styles.quiet}>
              <TimeAgo at={invariants.checkedAt} />
            </small>
          )}
          {may("platform.checkInvariants") ? (
            <Button variant="default" loading={check.isPending} onClick={run}>
              {t("office.health.check_now")}
            </Button>
          ) : null}
        </>
      }
    >
      {results.length === 0 ? <p className={styles.quiet}>{t("office.health.not_checked")}</p> : null}
      <ul className={styles.invariants}>
        {results.map((result) => (
          <li key={result.name} data-broken={result.violations > 0 || undefined}>
            <Badge tone={result.violations > 0 ? "bad" : "good"}>
              {result.violations > 0 ? t("office.health.violations", { count: result.violations }) : t("office.health.holds")}
            </Badge>
            <span lang="en">{result.description}</span>
            <code>{result.name}</code>
            {result.examples.length === 0 ? null : <pre>{result.examples.join("\n")}</pre>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Subscriber = HealthReportView["subscribers"][number];

function subscriberColumns(): Column<Subscriber>[] {
  return [
    { key: "name", label: t("office.failed.subscriber"), cell: ({ name }) => <code>{name}</code> },
    { key: "position", label: t("office.failed.position"), align: "end", isMinor: true, cell: ({ position }) => formatNumber(position) },
    { key: "behind", label: t("office.health.behind_by"), align: "end", cell: ({ behind }) => formatNumber(behind) },
    {
      key: "dead",
      label: t("office.nav.failed"),
      align: "end",
      cell: ({ deadLetters }) => (deadLetters === 0 ? "0" : <Link to="/failed-events">{formatNumber(deadLetters)}</Link>),
    },
  ];
}

function bytesText(bytes: number): string {
  return formatNumber(bytes / 1_000_000, { style: "unit", unit: "megabyte", maximumFractionDigits: 0 });
}

function uptimeText(seconds: number): string {
  if (seconds < 3600) return formatNumber(Math.floor(seconds / 60), { style: "unit", unit: "minute" });
  if (seconds < 172_800) return formatNumber(Math.floor(seconds / 3600), { style: "unit", unit: "hour" });
  return formatNumber(Math.floor(seconds / 86_400), { style: "unit", unit: "day" });
}
