import { Button, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { MatchingView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { Figure, Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./matching.module.css";
import { matchingQuery } from "./queries.ts";

type RunView = NonNullable<MatchingView["run"]>;
const TOUCHES = [matchingQuery.queryKey, ["matches"], ["home"]];

/** The run over the whole file: its progress, its figures, and what can be done with it. */
export function Run({ matching }: { readonly matching: MatchingView }) {
  const { run, model } = matching;
  return (
    <Section title={t("office.matching.run")}>
      <p className={styles.text}>{t("office.matching.run_text")}</p>
      {run?.state === "running" || run?.state === "stopped" ? <UnderWay run={run} /> : <Begin />}
      {run ? <Last run={run} /> : null}
      <p className={styles.text}>
        {model
          ? t("office.matching.learned", { at: formatDateTime(model.learnedAt), records: formatNumber(model.records) })
          : t("office.matching.never")}{" "}
        {model && matching.linked > 0
          ? t("office.matching.expected", { right: formatNumber(Math.round(model.expectedPrecision * 1000)) })
          : null}
      </p>
      <div className={styles.figures}>
        <Figure label={t("office.matching.joined")} value={formatNumber(matching.linked)} />
        <Figure label={t("office.matching.waiting")} value={<Link to="/matches">{formatNumber(matching.open)}</Link>} />
      </div>
    </Section>
  );
}

function Begin() {
  const may = useMay();
  const start = useAct(() => api.ask("matching.start", {}), TOUCHES);
  if (!may("matching.start")) return null;
  return (
    <div className={styles.actions}>
      <Button loading={start.isPending} onClick={() => start.mutate(undefined)}>
        {t("office.matching.start")}
      </Button>
    </div>
  );
}

function UnderWay({ run }: { readonly run: RunView }) {
  const may = useMay();
  const move = useAct(
    (state: "running" | "stopped" | "given_up") => api.ask("matching.moveRun", { params: { id: run.id }, body: { state } }),
    TOUCHES,
  );
  const isStopped = run.state === "stopped";
  const text = isStopped ? t("office.matching.state.stopped") : phaseText(run);
  return (
    <div className={styles.form} role="status">
      <p>{text}</p>
      <Progress value={shareOf(run)} animated={!isStopped} aria-label={text} />
      {may("matching.moveRun") ? (
        <div className={styles.actions}>
          {isStopped ? (
            <>
              <Button loading={move.isPending} onClick={() => move.mutate("running")}>
                {t("office.matching.go_on")}
              </Button>
              <Button variant="default" loading={move.isPending} onClick={() => move.mutate("given_up")}>
                {t("office.matching.give_up")}
              </Button>
            </>
          ) : (
            <Button variant="default" loading={move.isPending} onClick={() => move.mutate("stopped")}>
              {t("office.matching.stop")}
            </Button>
          )}
        </div>
      ) : null}
    </div>
  );
}

/** Between reading and the first part nothing can be counted: then it is learning. */
function phaseText({ phase, done, total }: RunView): string {
  if (phase === "compare" && total === 0) return t("office.matching.phase.learn");
  return t(`office.matching.phase.${phase}`, { done: formatNumber(done), total: formatNumber(total) });
}

/** Where in the whole a run is: reading and learning are the first quarter. */
const STARTS = { read: [0, 10], compare: [25, 35], keys: [60, 15], apply: [75, 25] } as const;

function shareOf({ phase, done, total }: RunView): number {
  const [from, width] = STARTS[phase];
  return from + (total === 0 ? 0 : (width * Math.min(done, total)) / total);
}

function Last({ run }: { readonly run: RunView }) {
  return (
    <p className={styles.counts}>
      <span>{t("office.matching.last")}</span>
      <Badge>{t(`office.matching.state.${run.state}`)}</Badge>
      <TimeAgo at={run.endedAt ?? run.createdAt} />
      <span>{t("office.said_of", { name: t("office.matching.records"), what: formatNumber(run.records) })}</span>
      <span>
        {t("office.matching.of_run", {
          linked: formatNumber(run.linked),
          asked: formatNumber(run.asked),
          withdrawn: formatNumber(run.withdrawn),
        })}
      </span>
    </p>
  );
}
