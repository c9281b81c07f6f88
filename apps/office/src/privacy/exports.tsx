import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DataExportView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { exportsQuery } from "./queries.ts";

/** Files with personal data that left the hub, and the way to who read whom. */
export function Exports() {
  const may = useMay();
  return (
    <Section title={t("office.privacy.part.exports")}>
      <p className={form.quiet}>
        {t("office.privacy.exports_text")} {may("access.listAudit") ? <Link to="/audit">{t("office.privacy.who_read")}</Link> : null}
      </p>
      <PagedTable
        query={useInfiniteQuery(exportsQuery)}
        label={t("office.privacy.part.exports")}
        people={{ list: "exports" }}
        columns={columns()}
        rowKey={({ id }) => id}
        empty={{ title: t("office.privacy.no_exports") }}
      />
    </Section>
  );
}

function columns(): Column<DataExportView>[] {
  return [
    { key: "at", label: t("office.when"), cell: ({ at }) => formatDateTime(at), text: ({ at }) => at },
    { key: "what", label: t("office.privacy.file"), cell: (row) => <What row={row} />, text: ({ what }) => what },
    { key: "who", label: t("office.privacy.taken_by"), cell: nameOf, text: nameOf },
    { key: "for", label: t("office.privacy.recipient"), cell: ({ recipient }) => recipient ?? "–", text: ({ recipient }) => recipient },
  ];
}

const nameOf = ({ actorName, actorKind }: DataExportView): string => actorName ?? wordOf(`office.audit.kind.${actorKind}`, actorKind);

function What({ row: { what, customerId } }: { readonly row: DataExportView }) {
  const words = wordOf(`office.privacy.export.${what.replace(".", "_")}`, what);
  if (customerId === null) return <>{words}</>;
  return (
    <Link to="/customers/$id" params={{ id: customerId }}>
      {words}
    </Link>
  );
}
