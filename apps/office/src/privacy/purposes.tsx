import { useQuery } from "@tanstack/react-query";
import type { DataPurposeView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { DataTable, TableSkeleton, type Column } from "../common/data-table.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { purposesQuery } from "./queries.ts";

/** What personal data is used for, what allows it, and what people said to it. */
export function Purposes() {
  const purposes = useQuery(purposesQuery);
  return (
    <Section title={t("office.privacy.part.purposes")}>
      <p className={form.quiet}>{t("office.privacy.purposes_text")}</p>
      {purposes.isPending ? <TableSkeleton /> : null}
      {purposes.isError ? <ProblemNote error={purposes.error} onRetry={purposes.refetch} /> : null}
      {purposes.data ? (
        <DataTable label={t("office.privacy.part.purposes")} columns={columns()} rows={purposes.data.items} rowKey={({ key }) => key} />
      ) : null}
    </Section>
  );
}

const countOf = (count: number | null): string => (count === null ? "–" : formatNumber(count));

function columns(): Column<DataPurposeView>[] {
  return [
    { key: "purpose", label: t("office.privacy.purpose"), cell: ({ key }) => <Purpose purpose={key} />, text: ({ key }) => key },
    { key: "basis", label: t("office.privacy.basis"), cell: ({ basis }) => t(`office.privacy.basis.${basis}`), text: ({ basis }) => basis },
    {
      key: "granted",
      label: t("office.privacy.said_yes"),
      align: "end",
      cell: ({ granted }) => countOf(granted),
      text: ({ granted }) => granted,
    },
    {
      key: "withdrawn",
      label: t("office.privacy.said_no"),
      align: "end",
      cell: ({ withdrawn }) => countOf(withdrawn),
      text: ({ withdrawn }) => withdrawn,
    },
  ];
}

function Purpose({ purpose }: { readonly purpose: DataPurposeView["key"] }) {
  return (
    <>
      <strong>{t(`office.privacy.purpose.${purpose}`)}</strong>
      <br />
      <small>{t(`office.privacy.purpose_text.${purpose}`)}</small>
    </>
  );
}
