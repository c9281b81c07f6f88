import { useInfiniteQuery } from "@tanstack/react-query";
import type { PrivacyRequestView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import form from "../common/form.module.css";
import { useToday } from "../common/use-today.ts";
import { privacyRoute } from "../routes.tsx";
import { t } from "../t.ts";
import { dueSoon } from "./due.ts";
import { requestsQuery } from "./queries.ts";

/** What people ask about their own data, the first due on top. A request is taken down on the page of its customer. */
export function Requests() {
  const search = privacyRoute.useSearch();
  const navigate = privacyRoute.useNavigate();
  const state = search.state ?? "open";
  return (
    <Section
      title={t("office.privacy.part.requests")}
      actions={
        <FilterChoice
          label={t("office.orders.state")}
          value={state}
          options={[
            { value: "open", label: t("office.privacy.state.open") },
            { value: "closed", label: t("office.privacy.closed") },
          ]}
          onChange={(next) => void navigate({ search: { part: "requests", state: next }, replace: true })}
        />
      }
    >
      <p className={form.quiet}>{t("office.privacy.requests_text")}</p>
      <PagedTable
        query={useInfiniteQuery(requestsQuery(state))}
        label={t("office.privacy.part.requests")}
        people={{ list: "requests" }}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/privacy", search: { ...search, part: "requests", open: id } })}
        openKey={search.open}
        empty={{ title: t("office.privacy.no_requests"), text: t("office.privacy.no_requests_text") }}
      />
    </Section>
  );
}

function columns(): Column<PrivacyRequestView>[] {
  return [
    {
      key: "kind",
      label: t("office.privacy.wish"),
      cell: ({ kind }) => t(`office.privacy.kind.${kind}`),
      text: ({ kind }) => kind,
    },
    {
      key: "who",
      label: t("office.task.customer"),
      cell: ({ customerName }) => customerName ?? t("office.customer.unnamed"),
      text: ({ customerId }) => customerId,
    },
    {
      key: "received",
      label: t("office.privacy.received"),
      isMinor: true,
      cell: ({ receivedAt }) => formatDate(receivedAt),
      text: ({ receivedAt }) => receivedAt,
    },
    { key: "due", label: t("office.privacy.due"), cell: (request) => <Due request={request} />, text: ({ dueAt }) => dueAt },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state }) => (
        <Badge tone={state === "answered" ? "good" : state === "refused" ? "plain" : "info"}>{t(`office.privacy.state.${state}`)}</Badge>
      ),
      text: ({ state }) => state,
    },
  ];
}

function Due({ request: { state, dueAt } }: { readonly request: PrivacyRequestView }) {
  const today = useToday();
  const when = state === "open" ? dueSoon(new Date(dueAt), new Date(today)) : "in_time";
  if (when === "in_time") return <>{formatDate(dueAt)}</>;
  return (
    <>
      {formatDate(dueAt)} <Badge tone={when === "late" ? "bad" : "warn"}>{t(`office.privacy.${when}`)}</Badge>
    </>
  );
}
