import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { InformingView, NoticeView } from "@weft/contracts/client";
import { formatDate, formatList, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState } from "react";
import { DataTable, TableSkeleton, type Column } from "../common/data-table.tsx";
import form from "../common/form.module.css";
import { channelsQuery } from "../import/queries.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { InformDialog } from "./inform-dialog.tsx";
import { Mailings } from "./mailings.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { noticesQuery } from "./queries.ts";

/** What people are told: the versions, how many were collected under which, and who was informed since. */
export function Notices() {
  const notices = useQuery(noticesQuery);
  const nameOf = useChannelNames();
  const may = useMay();
  const [isPublishing, setPublishing] = useState(false);
  const [informing, setInforming] = useState<NoticeView>();
  if (notices.isPending) return <TableSkeleton />;
  if (notices.isError) return <ProblemNote error={notices.error} onRetry={notices.refetch} />;
  const { items, informings, counts } = notices.data;
  const peopleOf = (noticeId: string | null): number =>
    counts.filter((count) => count.noticeId === noticeId).reduce((sum, { records }) => sum + records, 0);
  const without = peopleOf(null);
  return (
    <>
      <Section
        title={t("office.privacy.part.notices")}
        actions={may("notices.publish") ? <Button onClick={() => setPublishing(true)}>{t("office.privacy.publish")}</Button> : undefined}
      >
        <p className={form.quiet}>{t("office.privacy.notices_text")}</p>
        {without > 0 ? (
          <p role="status">
            <Badge tone="warn">{formatNumber(without)}</Badge> {t("office.privacy.without_notice")}
          </p>
        ) : null}
        {items.length === 0 ? (
          <EmptyState title={t("office.privacy.no_notices")} text={t("office.privacy.no_notices_text")} />
        ) : (
          <DataTable
            label={t("office.privacy.part.notices")}
            columns={noticeColumns(nameOf, peopleOf, may("notices.inform") ? setInforming : undefined)}
            rows={items}
            rowKey={({ id }) => id}
          />
        )}
      </Section>
      <Mailings nameOf={nameOf} versionOf={(id) => items.find((notice) => notice.id === id)?.version ?? ""} />
      {informings.length === 0 ? null : (
        <Section title={t("office.privacy.informed")}>
          <DataTable label={t("office.privacy.informed")} columns={informingColumns(nameOf)} rows={informings} rowKey={({ id }) => id} />
        </Section>
      )}
      <PublishDialog isOpen={isPublishing} hasEarlier={without > 0} onClose={() => setPublishing(false)} />
      <InformDialog key={informing?.id} notice={informing} onClose={() => setInforming(undefined)} />
    </>
  );
}

/** What a channel is called; an id that is none of the retailer's as it is. */
function useChannelNames(): (id: string) => string {
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

function noticeColumns(
  nameOf: (id: string) => string,
  peopleOf: (id: string) => number,
  onInform: ((notice: NoticeView) => void) | undefined,
): Column<NoticeView>[] {
  return [
    { key: "version", label: t("office.privacy.version"), cell: (notice) => <Version notice={notice} />, text: ({ version }) => version },
    {
      key: "where",
      label: t("office.orders.channel"),
      isMinor: true,
      cell: ({ channelIds }) => (channelIds === null ? t("office.customer.all_channels") : formatList(channelIds.map(nameOf))),
      text: ({ channelIds }) => channelIds?.map(nameOf).join(", ") ?? "",
    },
    {
      key: "joining",
      label: t("office.privacy.joining"),
      cell: ({ coversJoining }) => (
        <Badge tone={coversJoining ? "good" : "warn"}>{t(coversJoining ? "office.privacy.covers" : "office.privacy.covers_not")}</Badge>
      ),
      text: ({ coversJoining }) => (coversJoining ? 1 : 0),
    },
    {
      key: "people",
      label: t("office.privacy.people"),
      align: "end",
      cell: ({ id }) => formatNumber(peopleOf(id)),
      text: ({ id }) => peopleOf(id),
    },
    {
      key: "at",
      label: t("office.privacy.published"),
      isMinor: true,
      cell: ({ publishedAt, publishedByName }) => [formatDate(publishedAt), publishedByName].filter(Boolean).join(" · "),
      text: ({ publishedAt }) => publishedAt,
    },
    {
      key: "inform",
      label: t("office.privacy.inform"),
      cell: (notice) =>
        notice.coversJoining && onInform ? (
          <Button size="compact-xs" variant="default" onClick={() => onInform(notice)}>
            {t("office.privacy.inform_of", { version: notice.version })}
          </Button>
        ) : null,
    },
  ];
}

function Version({ notice: { version, address } }: { readonly notice: NoticeView }) {
  if (address === null) return <strong>{version}</strong>;
  return (
    <a href={address} rel="noreferrer" target="_blank">
      {version}
    </a>
  );
}

function informingColumns(nameOf: (id: string) => string): Column<InformingView>[] {
  return [
    {
      key: "channel",
      label: t("office.orders.channel"),
      cell: ({ channelId }) => nameOf(channelId),
      text: ({ channelId }) => nameOf(channelId),
    },
    { key: "version", label: t("office.privacy.version"), cell: ({ version }) => version, text: ({ version }) => version },
    { key: "how", label: t("office.privacy.how"), cell: ({ how }) => t(`office.privacy.told.${how}`), text: ({ how }) => how },
    { key: "at", label: t("office.privacy.informed_on"), cell: ({ at }) => formatDate(at), text: ({ at }) => at },
    {
      key: "joins",
      label: t("office.privacy.joined_from"),
      cell: ({ joinsAt, doneAt }) => (
        <>
          {formatDate(joinsAt)} {doneAt === null ? null : <Badge tone="good">{t("office.privacy.joined")}</Badge>}
        </>
      ),
      text: ({ joinsAt }) => joinsAt,
    },
    { key: "note", label: t("office.privacy.note"), isMinor: true, cell: ({ note }) => note, text: ({ note }) => note },
  ];
}
