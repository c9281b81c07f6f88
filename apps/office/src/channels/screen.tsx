import { Button } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ChannelAbilityView, ChannelView } from "@weft/contracts/client";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState, type ReactElement } from "react";
import { api } from "../api.ts";
import { DataTable, TableSkeleton, type Column } from "../common/data-table.tsx";
import { wordOf } from "../common/text.ts";
import { channelsRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { ChannelBeside } from "./channel-beside.tsx";
import { NewChannelDialog } from "./new-channel-dialog.tsx";

const channelsQuery = queryOptions({ queryKey: ["channels"], queryFn: ({ signal }) => api.ask("channels.list", { signal }) });

/** The channels of the retailer with their keys, and what each kind of channel can do. */
export function ChannelsScreen(): ReactElement {
  const channels = useQuery(channelsQuery);
  const { open } = channelsRoute.useSearch();
  const navigate = channelsRoute.useNavigate();
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const channel = channels.data?.channels.find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.channels")}
      actions={may("channels.create") ? <Button onClick={() => setAdding(true)}>{t("office.channels.add")}</Button> : null}
      beside={
        channel ? <ChannelBeside key={channel.id} channel={channel} onClose={() => void navigate({ search: {}, replace: true })} /> : null
      }
    >
      {channels.isPending ? (
        <TableSkeleton />
      ) : channels.isError ? (
        <ProblemNote error={channels.error} onRetry={channels.refetch} />
      ) : (
        <>
          <DataTable
            label={t("office.nav.channels")}
            columns={channelColumns()}
            rows={channels.data.channels}
            rowKey={({ id }) => id}
            linkOf={({ id }) => ({ to: "/channels", search: { open: id } })}
            openKey={open}
          />
          <Section title={t("office.channels.abilities")}>
            <DataTable
              label={t("office.channels.abilities")}
              columns={abilityColumns()}
              rows={channels.data.abilities}
              rowKey={({ kind }) => kind}
            />
          </Section>
        </>
      )}
      <NewChannelDialog isOpen={isAdding} onClose={() => setAdding(false)} />
    </Page>
  );
}

const LEVEL_TONE = { siloed: "plain", handover: "warn", linked: "good" } as const;

function channelColumns(): Column<ChannelView>[] {
  const living = ({ keys }: ChannelView): number => keys.filter(({ revokedAt }) => revokedAt === null).length;
  return [
    { key: "name", label: t("office.customers.name"), cell: ({ name }) => name },
    { key: "kind", label: t("office.channels.kind"), cell: ({ kind }) => <ChannelIcon kind={kind} named /> },
    { key: "code", label: t("office.channels.code"), isMinor: true, cell: ({ code }) => <code>{code}</code> },
    {
      key: "level",
      label: t("office.channels.level"),
      cell: ({ linkLevel }) => <Badge tone={LEVEL_TONE[linkLevel]}>{t(`office.channels.level.${linkLevel}`)}</Badge>,
    },
    {
      key: "vouches",
      label: t("office.channels.vouches"),
      isMinor: true,
      cell: ({ vouches }) => (vouches ? t("office.yes") : t("office.no")),
    },
    { key: "keys", label: t("office.channels.keys"), align: "end", isMinor: true, cell: (channel) => living(channel) },
  ];
}

function abilityColumns(): Column<ChannelAbilityView>[] {
  const say = (codes: string): string => wordOf(`office.ability.${codes}`, codes);
  return [
    { key: "kind", label: t("office.channels.kind"), cell: ({ kind }) => <ChannelIcon kind={kind} named /> },
    { key: "known", label: t("office.channels.known_by"), cell: ({ knownBy }) => knownBy.map(say).join(", ") },
    { key: "cart", label: t("office.channels.cart"), isMinor: true, cell: ({ cart }) => say(cart) },
    { key: "pays", label: t("office.channels.pays"), isMinor: true, cell: ({ pays }) => say(pays) },
    { key: "points", label: t("office.channels.points"), isMinor: true, cell: ({ points }) => say(points) },
    { key: "help", label: t("office.channels.help"), isMinor: true, cell: ({ help }) => say(help) },
  ];
}
