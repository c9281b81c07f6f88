import { Button, Progress } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ImportRunView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { Figure, Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { wordOf } from "../common/text.ts";
import { receiveFile } from "../common/transfer.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./import.module.css";
import { paceOf, percentOf } from "./pace.ts";

/** How far an import is, and what came of it: what is new, what changed, what was known, and what could not be taken. */
export function Course({ run }: { readonly run: ImportRunView }) {
  return (
    <div className={styles.course}>
      {run.state === "running" ? <Running run={run} /> : <Ended run={run} />}
      <div className={styles.figures}>
        <Figure label={t("office.import.lines")} value={formatNumber(run.lines)} />
        <Figure label={t("office.import.created")} value={formatNumber(run.created)} />
        <Figure label={t("office.import.changed")} value={formatNumber(run.changed)} />
        <Figure label={t("office.import.same")} value={formatNumber(run.same)} />
        <Figure label={t("office.import.refused")} value={formatNumber(run.refused)} />
      </div>
      {run.refused > 0 ? <Refused run={run} /> : null}
    </div>
  );
}

function Running({ run }: { readonly run: ImportRunView }) {
  const may = useMay();
  const stop = useAct(() => api.ask("imports.stop", { params: { id: run.id } }), [["imports"]]);
  const pace = paceOf(run);
  const percent = percentOf(run);
  return (
    <Section
      title={t("office.import.running")}
      actions={
        may("imports.stop") ? (
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t("office.import.stop")}
          </Button>
        ) : null
      }
    >
      <Progress value={percent} size="lg" aria-label={t("office.import.running")} />
      <p role="status">
        {pace === null
          ? t("office.import.begins")
          : t("office.import.pace", {
              percent,
              lines: formatNumber(run.lines),
              rate: formatNumber(Math.round(pace.linesPerSecond)),
              left: secondsText(pace.secondsLeft),
            })}
      </p>
      <p className={styles.quiet}>{t("office.import.may_leave")}</p>
    </Section>
  );
}

const secondsText = (seconds: number): string =>
  seconds < 90
    ? formatNumber(Math.ceil(seconds), { style: "unit", unit: "second", unitDisplay: "long" })
    : formatNumber(Math.ceil(seconds / 60), { style: "unit", unit: "minute", unitDisplay: "long" });

function Ended({ run }: { readonly run: ImportRunView }) {
  return (
    <p role="status">
      {run.failure === null ? null : <strong>{wordOf(`office.import.failure.${run.failure}`, run.failure)} </strong>}
      {run.endedAt === null ? t("office.import.waits") : t("office.import.ended", { at: formatDateTime(run.endedAt) })}{" "}
      {run.state === "done" ? t("office.import.file_gone") : null}
    </p>
  );
}

/** The lines that wait in quarantine, to be mended there one by one or in the file, and given again. */
function Refused({ run }: { readonly run: ImportRunView }) {
  const may = useMay();
  const download = useMutation({
    mutationFn: () => receiveFile(`/v1/imports/${run.id}/refused-lines`, () => undefined),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <Section
      title={t("office.import.put_aside")}
      actions={
        may("imports.refused") ? (
          <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
            {t("office.import.download")}
          </Button>
        ) : null
      }
    >
      <ul className={styles.reasons}>
        {run.reasons.map(({ reason, count }) => (
          <li key={reason}>
            <span>{wordOf(`office.quarantine.reason.${reason}`, reason)}</span>
            <strong>{formatNumber(count)}</strong>
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>
        {t("office.import.mend")}{" "}
        {may("quarantine.list") ? (
          <Link to="/quarantine" search={{ kind: "import.file_line" }}>
            {t("office.nav.quarantine")}
          </Link>
        ) : null}
      </p>
    </Section>
  );
}
