import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { NoticeMailingView, UnreachedView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, PagedTable, type Column } from "../common/data-table.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { mailingsQuery, unreachedQuery } from "./queries.ts";

type MailingsProps = { readonly nameOf: (channelId: string) => string; readonly versionOf: (noticeId: string) => string };

/** Notices that the hub sent or sends: how far each is, and whom it could not reach. Nothing where none was ever sent. */
export function Mailings({ nameOf, versionOf }: MailingsProps) {
  const mailings = useQuery(mailingsQuery).data?.items ?? [];
  const may = useMay();
  const [opened, setOpened] = useState<string>();
  const stop = useAct((id: string) => api.ask("noticeMailings.stop", { params: { id } }), [mailingsQuery.queryKey]);
  if (mailings.length === 0) return null;
  const onOpen = may("noticeMailings.unreached") ? setOpened : undefined;
  const onStop = may("noticeMailings.stop") ? (id: string) => stop.mutate(id) : undefined;
  return (
    <Section title={t("office.privacy.mailings")}>
      <DataTable
        label={t("office.privacy.mailings")}
        columns={columns({ nameOf, versionOf }, onOpen, onStop)}
        rows={mailings}
        rowKey={({ id }) => id}
      />
      {opened === undefined ? null : <Unreached mailingId={opened} />}
    </Section>
  );
}

const unreachedOf = ({ noAddress, leftAlone, failed }: NoticeMailingView): number => noAddress + leftAlone + failed;

function columns(
  { nameOf, versionOf }: MailingsProps,
  onOpen: ((id: string) => void) | undefined,
  onStop: ((id: string) => void) | undefined,
): Column<NoticeMailingView>[] {
  return [
    {
      key: "at",
      label: t("office.when"),
      cell: ({ startedAt }) => formatDateTime(startedAt),
      text: ({ startedAt }) => startedAt,
    },
    {
      key: "version",
      label: t("office.privacy.version"),
      cell: ({ noticeId }) => versionOf(noticeId),
      text: ({ noticeId }) => versionOf(noticeId),
    },
    {
      key: "channel",
      label: t("office.orders.channel"),
      isMinor: true,
      cell: ({ channelId }) => nameOf(channelId),
      text: ({ channelId }) => nameOf(channelId),
    },
    {
      key: "state",
      label: t("office.privacy.mailing_state"),
      cell: ({ id, state }) => (
        <>
          <Badge tone={state === "done" ? "good" : "warn"}>{t(`office.privacy.mailing.${state}`)}</Badge>{" "}
          {state === "running" && onStop ? (
            <Button size="compact-xs" variant="default" onClick={() => onStop(id)}>
              {t("office.privacy.mailing_stop")}
            </Button>
          ) : null}
        </>
      ),
      text: ({ state }) => state,
    },
    {
      key: "sent",
      label: t("office.privacy.mailing_sent"),
      align: "end",
      cell: ({ sent, queued }) =>
        queued > 0 ? t("office.privacy.mailing_of", { sent: formatNumber(sent), all: formatNumber(sent + queued) }) : formatNumber(sent),
      text: ({ sent }) => sent,
    },
    {
      key: "unreached",
      label: t("office.privacy.unreached"),
      align: "end",
      cell: (mailing) =>
        unreachedOf(mailing) > 0 && onOpen ? (
          <Button size="compact-xs" variant="default" onClick={() => onOpen(mailing.id)}>
            {t("office.privacy.unreached_show", { count: formatNumber(unreachedOf(mailing)) })}
          </Button>
        ) : (
          formatNumber(unreachedOf(mailing))
        ),
      text: unreachedOf,
    },
  ];
}

/** Whom a mailing could not reach, with the way to their files: they are told in another way, or stay apart. */
function Unreached({ mailingId }: { readonly mailingId: string }) {
  return (
    <PagedTable
      query={useInfiniteQuery(unreachedQuery(mailingId))}
      label={t("office.privacy.unreached")}
      people={{ list: "unreached" }}
      columns={unreachedColumns()}
      rowKey={({ customerId, because }) => `${customerId} ${because}`}
      empty={{ title: t("office.privacy.unreached_none") }}
    />
  );
}

function unreachedColumns(): Column<UnreachedView>[] {
  const nameOf = ({ customerName }: UnreachedView): string => customerName ?? t("office.customer.unnamed");
  return [
    {
      key: "who",
      label: t("office.orders.customer"),
      cell: (row) => (
        <Link to="/customers/$id" params={{ id: row.customerId }}>
          {nameOf(row)}
        </Link>
      ),
      text: nameOf,
    },
    {
      key: "because",
      label: t("office.privacy.unreached_because"),
      cell: ({ because }) => t(`office.privacy.unreached.${because}`),
      text: ({ because }) => because,
    },
  ];
}
