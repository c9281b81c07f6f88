import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { AuditEntryView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useCallback, type ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { pagedQuery } from "../common/paged.ts";
import { SubjectText } from "../common/subject-text.tsx";
import { wordOf } from "../common/text.ts";
import { auditRoute } from "../routes.tsx";
import type { readAuditSearch } from "../searches.ts";
import { t } from "../t.ts";

type Search = ReturnType<typeof readAuditSearch>;

const auditQuery = ({ subject, actor }: Search) =>
  pagedQuery(["audit", { subject, actor }], (page, signal) => {
    const filter = { ...(subject !== undefined && { subject }), ...(actor !== undefined && { actorId: actor }) };
    return api.ask("access.listAudit", { query: { ...page, ...filter }, signal });
  });

/** Who read or changed what, also what they were refused. */
export function AuditScreen(): ReactElement {
  const search = auditRoute.useSearch();
  const navigate = auditRoute.useNavigate();
  const entries = useInfiniteQuery(auditQuery(search));
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const setSubject = useCallback((subject: string | undefined) => set({ subject }), [set]);
  const setActor = useCallback((actor: string | undefined) => set({ actor }), [set]);
  return (
    <Page
      title={t("office.nav.audit")}
      actions={
        <>
          <FilterText label={t("office.audit.subject")} value={search.subject} onChange={setSubject} />
          <FilterText label={t("office.audit.actor")} value={search.actor} onChange={setActor} />
        </>
      }
    >
      <PagedTable
        query={entries}
        label={t("office.nav.audit")}
        people={{ list: "audit" }}
        columns={columns()}
        rowKey={({ id }) => id}
        empty={{ title: t("office.audit.none") }}
      />
    </Page>
  );
}

/** The act without what was chosen, which stands behind a space. */
const nameOf = (action: string): string => action.split(" ", 1)[0] ?? action;

function columns(): Column<AuditEntryView>[] {
  return [
    { key: "at", label: t("office.when"), cell: ({ at }) => formatDateTime(at), text: ({ at }) => at },
    {
      key: "actor",
      label: t("office.audit.who"),
      cell: (entry) => <Actor entry={entry} />,
      text: ({ actorName, actorId }) => actorName ?? actorId,
    },
    {
      key: "action",
      label: t("office.audit.what"),
      cell: ({ action, outcome }) => (
        <>
          <span title={action}>{wordOf(`office.audit.action.${nameOf(action)}`, action)}</span>{" "}
          {outcome === "denied" ? <Badge tone="bad">{t("office.audit.denied")}</Badge> : null}
        </>
      ),
      text: ({ action }) => action,
    },
    {
      key: "subject",
      label: t("office.audit.subject"),
      cell: ({ subject }) => <SubjectText subject={subject} />,
      text: ({ subject }) => subject,
    },
    { key: "reason", label: t("office.order.reason"), isMinor: true, cell: ({ reason }) => reason, text: ({ reason }) => reason },
    {
      key: "outcome",
      label: t("office.audit.outcome"),
      isMinor: "on a phone",
      cell: ({ outcome }) => <Badge tone={outcome === "allowed" ? "good" : "bad"}>{t(`office.audit.${outcome}`)}</Badge>,
      text: ({ outcome }) => outcome,
    },
  ];
}

function Actor({ entry }: { readonly entry: AuditEntryView }) {
  const name = entry.actorName ?? wordOf(`office.audit.kind.${entry.actorKind}`, entry.actorKind);
  if (entry.actorId === null) return <>{name}</>;
  return (
    <Link to="/audit" search={{ actor: entry.actorId }}>
      {name}
    </Link>
  );
}
