import { useInfiniteQuery } from "@tanstack/react-query";
import type { OutboundMessageView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge, type Tone } from "@weft/ui/shop/badge.tsx";
import { useCallback, type ReactElement } from "react";
import { api } from "../api.ts";
import { Beside } from "../common/beside.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { pagedQuery } from "../common/paged.ts";
import { wordOf } from "../common/text.ts";
import { Raw } from "../common/raw.tsx";
import { messagesRoute } from "../routes.tsx";
import type { readMessagesSearch } from "../searches.ts";
import { t } from "../t.ts";

type Search = ReturnType<typeof readMessagesSearch>;

const TONES: Readonly<Record<OutboundMessageView["state"], Tone>> = { queued: "info", sent: "good", failed: "bad", suppressed: "plain" };

const messagesQuery = ({ to, record }: Omit<Search, "open">) =>
  pagedQuery(["messages", { to, record }], (page, signal) => {
    const filter = { ...(to !== undefined && { to }), ...(record !== undefined && { recordId: record }) };
    return api.ask("messages.list", { query: { ...page, ...filter }, signal });
  });

/** Every message that was sent or is on its way, as its reader got it. */
export function OutboxScreen(): ReactElement {
  const { open, ...filters } = messagesRoute.useSearch();
  const navigate = messagesRoute.useNavigate();
  const messages = useInfiniteQuery(messagesQuery(filters));
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const setTo = useCallback((to: string | undefined) => set({ to }), [set]);
  const message = messages.data?.pages.flatMap((page) => page.items).find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.messages")}
      actions={<FilterText label={t("office.messages.to")} value={filters.to} onChange={setTo} />}
      beside={message ? <MessageBeside message={message} onClose={() => set({ open: undefined })} /> : null}
    >
      <PagedTable
        query={messages}
        label={t("office.nav.messages")}
        people={{ list: "messages" }}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/messages", search: { ...filters, open: id } })}
        openKey={open}
        empty={{
          title: t("office.messages.none"),
          text: t(filters.to === undefined ? "office.messages.none_text" : "office.messages.none_to"),
        }}
      />
    </Page>
  );
}

function columns(): Column<OutboundMessageView>[] {
  return [
    { key: "subject", label: t("office.messages.subject"), cell: ({ subject }) => subject, text: ({ subject }) => subject },
    { key: "to", label: t("office.messages.to"), cell: ({ to }) => to, text: ({ to }) => to },
    {
      key: "kind",
      label: t("office.messages.by"),
      isMinor: true,
      cell: ({ kind }) => t(`office.messages.kind.${kind}`),
      text: ({ kind }) => kind,
    },
    { key: "at", label: t("office.when"), cell: ({ at }) => <TimeAgo at={at} />, text: ({ at }) => at },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state }) => <Badge tone={TONES[state]}>{t(`office.messages.state.${state}`)}</Badge>,
      text: ({ state }) => t(`office.messages.state.${state}`),
    },
  ];
}

function MessageBeside({ message, onClose }: { readonly message: OutboundMessageView; readonly onClose: () => void }) {
  return (
    <Beside title={message.subject} onClose={onClose}>
      <Facts>
        <Fact label={t("office.messages.to")}>{message.to}</Fact>
        <Fact label={t("office.when")}>{formatDateTime(message.at)}</Fact>
        <Fact label={t("office.messages.template")}>{wordOf(`office.messages.template.${message.template}`, message.template)}</Fact>
        <Fact label={t("office.failed.error")}>{message.error}</Fact>
      </Facts>
      <Raw label={message.subject} text={message.text} />
    </Beside>
  );
}
