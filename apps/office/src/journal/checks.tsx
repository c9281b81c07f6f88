import { Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { JournalCheckView, JournalRegisterView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { checksQuery } from "./queries.ts";

type ChecksProps = { readonly registers?: readonly JournalRegisterView[]; readonly archiveId?: string };

/** Verifications with what they found, the newest first: of registers, or of one archive. */
export function Checks({ registers, archiveId }: ChecksProps) {
  const { data, error, refetch } = useQuery(checksQuery);
  if (error) return <ProblemNote error={error} onRetry={refetch} />;
  const own = (data?.items ?? []).filter((check) => (archiveId === undefined ? check.archiveId === null : check.archiveId === archiveId));
  if (own.length === 0) return <p className={form.quiet}>{t("office.journal.no_checks")}</p>;
  return (
    <ul className={form.rows}>
      {own.slice(0, archiveId === undefined ? 3 : 1).map((check) => (
        <li key={check.id} className={form.stacked}>
          <Check check={check} of={nameOf(check, registers ?? [])} />
        </li>
      ))}
    </ul>
  );
}

function nameOf({ registerId, archiveId }: JournalCheckView, registers: readonly JournalRegisterView[]): string {
  // An archive's verification stands beside its archive.
  if (archiveId !== null) return "";
  return registerId === null ? t("office.journal.all_registers") : (registers.find(({ id }) => id === registerId)?.name ?? "");
}

function Check({ check, of }: { readonly check: JournalCheckView; readonly of: string }) {
  const { state, entries, requestedAt, found, findings, continued } = check;
  return (
    <>
      <div role="status">
        <CheckBadge check={check} /> {of} <small>{formatDateTime(requestedAt)}</small>
      </div>
      {state === "waiting" || state === "running" ? <Progress value={100} animated aria-label={t("office.journal.verifying")} /> : null}
      {state === "done" || state === "running" ? (
        <small>{t("office.journal.read", { count: entries, entries: formatNumber(entries) })}</small>
      ) : null}
      {continued > 0 ? <small>{t("office.journal.continued", { count: continued })}</small> : null}
      {findings.length > 0 ? (
        <ol className={form.raw}>
          {findings.map(({ code, entry, reason }) => (
            <li key={`${code} ${entry} ${reason}`}>
              {code} {entry}: {reason}
            </li>
          ))}
        </ol>
      ) : null}
      {found > findings.length ? <small>{t("office.journal.more_findings", { count: found - findings.length })}</small> : null}
    </>
  );
}

function CheckBadge({ check: { state, found, failure } }: { readonly check: JournalCheckView }) {
  if (state === "failed") return <Badge tone="bad">{t("office.journal.check_failed", { why: failure ?? "" })}</Badge>;
  if (state !== "done") return <Badge tone="accent">{t("office.journal.verifying")}</Badge>;
  if (found > 0) return <Badge tone="bad">{t("office.journal.found", { count: found })}</Badge>;
  return <Badge tone="good">{t("office.journal.holds")}</Badge>;
}
