import { useQuery } from "@tanstack/react-query";
import { formatList, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { DataTable, TableSkeleton, type Column } from "../common/data-table.tsx";
import form from "../common/form.module.css";
import { wordIn, wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { keptTogether, type KeptTogether } from "./kept-together.ts";
import styles from "./privacy.module.css";
import { retentionQuery } from "./queries.ts";

/** How long each kind of data about people is kept, what deletes it, and what it has deleted lately. */
export function Retention() {
  const report = useQuery(retentionQuery);
  const rows = report.data && keptTogether(report.data.items.filter(({ by }) => by === "job" || by === "erasure"));
  return (
    <Section title={t("office.privacy.part.retention")}>
      <p className={form.quiet}>{t("office.privacy.retention_text")}</p>
      {report.isPending ? <TableSkeleton /> : null}
      {report.isError ? <ProblemNote error={report.error} onRetry={report.refetch} /> : null}
      {rows ? (
        <DataTable
          label={t("office.privacy.part.retention")}
          columns={columns()}
          rows={rows}
          rowKey={({ area, tables }) => `${area} ${tables[0]}`}
        />
      ) : null}
    </Section>
  );
}

function columns(): Column<KeptTogether>[] {
  return [
    {
      key: "what",
      label: t("office.privacy.data"),
      cell: (row) => <What row={row} />,
      text: ({ area, tables }) => `${area}: ${tables.join(", ")}`,
    },
    { key: "kept", label: t("office.privacy.kept"), cell: keptOf, text: keptOf },
    {
      key: "deleted",
      label: t("office.privacy.deleted"),
      align: "end",
      cell: ({ deleted }) => (deleted === null ? "–" : formatNumber(deleted)),
      text: ({ deleted }) => deleted,
    },
    {
      key: "run",
      label: t("office.privacy.last_run"),
      isMinor: true,
      cell: ({ lastRunAt }) => (lastRunAt === null ? "–" : <TimeAgo at={lastRunAt} />),
      text: ({ lastRunAt }) => lastRunAt,
    },
  ];
}

/** The part of the hub, and what of it, where not all of it is kept alike. */
function What({ row: { area, tables } }: { readonly row: KeptTogether }) {
  const words = tables.flatMap((table) => wordIn(`office.privacy.table.${area}.${table}`) ?? []);
  return (
    <>
      {wordOf(`office.privacy.area.${area}`, area)}
      {words.length > 0 ? <small className={styles.tables}>{formatList(words)}</small> : null}
    </>
  );
}

/** "25 months", or "until the person is erased". */
function keptOf({ period, by }: KeptTogether): string {
  if (period === null) return t(by === "erasure" ? "office.privacy.until_erasure" : "office.privacy.until_done");
  const { amount, unit } = period;
  return formatNumber(amount, { style: "unit", unit, unitDisplay: "long" });
}
