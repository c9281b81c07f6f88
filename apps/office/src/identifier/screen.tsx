import { Button, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IdentifierPageView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState, type ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { shortId, wordOf } from "../common/text.ts";
import { identifierRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./identifier.module.css";

const identifierQuery = (id: string) =>
  queryOptions({ queryKey: ["identifier", id], queryFn: ({ signal }) => api.ask("identifiers.read", { params: { id }, signal }) });

type Holder = IdentifierPageView["holders"][number];

/** Who has one value, since when and how proved: “whose phone is this?”. Looking at it is kept in the audit. */
export function IdentifierScreen(): ReactElement {
  const { id } = identifierRoute.useParams();
  const identifier = useQuery(identifierQuery(id));
  if (identifier.isPending) return <ScreenSkeleton />;
  if (identifier.isError) return <ProblemNote error={identifier.error} onRetry={identifier.refetch} />;
  const { kind, value, holders, hasMore, links, firstSeenAt, lastSeenAt, setAside } = identifier.data;
  const customers = new Set(holders.map(({ customerId }) => customerId)).size;
  return (
    <Page title={value}>
      <Facts>
        <Fact label={t("office.identifier.kind")}>{t(`office.customer.identifier.${kind}`)}</Fact>
        <Fact label={t("office.identifier.standing")}>
          {setAside === null ? t("office.identifier.counts") : <Badge tone="warn">{t(`office.identifier.aside.${setAside}`)}</Badge>}
        </Fact>
        <Fact label={t("office.identifier.seen")}>
          {formatDateTime(firstSeenAt)} – {formatDateTime(lastSeenAt)}
        </Fact>
        <Fact label={t("office.identifier.links")}>{formatNumber(links)}</Fact>
      </Facts>
      <Section title={t("office.identifier.holders", { records: holders.length, customers })}>
        <DataTable label={t("office.identifier.who")} columns={columns()} rows={holders} rowKey={({ recordId }) => recordId} />
        {hasMore ? <p className={form.quiet}>{t("office.identifier.more")}</p> : null}
      </Section>
      <Standing identifier={identifier.data} />
    </Page>
  );
}

const columns = (): readonly Column<Holder>[] => [
  {
    key: "who",
    label: t("office.identifier.who"),
    cell: ({ customerId, name }) => (
      <Link to="/customers/$id" params={{ id: customerId }}>
        {name ?? `…${shortId(customerId)}`}
      </Link>
    ),
  },
  {
    key: "channel",
    label: t("office.orders.channel"),
    cell: ({ channelKind, channelName }) => (
      <>
        <ChannelIcon kind={channelKind} size={16} /> {channelName}
      </>
    ),
  },
  { key: "since", label: t("office.identifier.since"), cell: ({ since }) => formatDateTime(since) },
  {
    key: "verified",
    label: t("office.identifier.proved"),
    cell: ({ verifiedAt }) => (verifiedAt === null ? t("office.customer.unverified") : formatDateTime(verifiedAt)),
  },
  {
    key: "evidence",
    label: t("office.identifier.evidence"),
    cell: ({ evidence }) => wordOf(`office.identifier.by.${evidence}`, evidence),
    isMinor: true,
  },
];

/** Setting it aside, or letting it count again, with a reason. */
function Standing({ identifier: { id, kind, setAside } }: { readonly identifier: IdentifierPageView }) {
  const may = useMay();
  const [reason, setReason] = useState("");
  const isSetAside = setAside === null;
  const stand = useAct(
    () => api.ask("identifiers.stand", { params: { id }, body: { isSetAside, reason: reason.trim() } }),
    [["customer"], ["violations"]],
    (queries, answer) => {
      queries.setQueryData(identifierQuery(id).queryKey, answer);
      setReason("");
    },
  );
  // A blocked value is let in where it is blocked, and a channel's own id of a person is theirs alone.
  if (!may("identifiers.stand") || setAside === "blocked" || kind === "external") return null;
  return (
    <Section title={isSetAside ? t("office.identifier.set_aside") : t("office.identifier.let_in")}>
      <form
        className={`${form.form} ${styles.narrow}`}
        onSubmit={(event) => {
          event.preventDefault();
          stand.mutate(undefined);
        }}
      >
        <p>{isSetAside ? t("office.identifier.set_aside_text") : t("office.identifier.let_in_text")}</p>
        <TextInput
          label={t("office.merge.reason")}
          value={reason}
          maxLength={500}
          required
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={reason.trim().length < 3} loading={stand.isPending}>
          {isSetAside ? t("office.identifier.set_aside") : t("office.identifier.let_in")}
        </Button>
      </form>
    </Section>
  );
}
