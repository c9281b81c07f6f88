import { Button, Progress, Radio } from "@mantine/core";
import { queryOptions, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { ChannelView, LevelChangeView, LinkLevel } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { useEffect, useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { LevelPreview } from "./level-preview.tsx";

const LEVELS = ["siloed", "handover", "linked"] as const satisfies readonly LinkLevel[];

/** While a switch is built it is asked for this often, beside what the live stream tells. */
const ASK_MILLISECONDS = 1000;

const changesQuery = (channelId: string) =>
  queryOptions({
    queryKey: ["channels", channelId, "level-changes"],
    queryFn: ({ signal }) => api.ask("channels.levelChanges", { params: { id: channelId }, signal }),
    refetchInterval: ({ state }) => (state.data?.items[0]?.state === "building" ? ASK_MILLISECONDS : false),
  });

/** How far a channel is linked: a choice of three, what another one would change before it is made, and how far the switch is. */
export function ChannelLevel({ channel }: { readonly channel: ChannelView }) {
  const changes = useQuery(changesQuery(channel.id));
  const [chosen, setChosen] = useState<LinkLevel>(channel.linkLevel);
  const last = changes.data?.items[0];
  const isBuilding = last?.state === "building";
  const act = useAct(
    (level: LinkLevel) => api.ask("channels.changeLevel", { params: { id: channel.id }, body: { level } }),
    [["channels"]],
    keepChange,
  );
  return (
    <div className={form.form}>
      <Radio.Group label={t("office.channels.level_label")} value={chosen} onChange={(value) => setChosen(levelOf(value))}>
        <div className={form.form}>
          {LEVELS.map((level) => (
            <Radio
              key={level}
              value={level}
              disabled={isBuilding}
              label={t(`office.channels.level.${level}`)}
              description={t(`office.channels.level_text.${level}`)}
            />
          ))}
        </div>
      </Radio.Group>
      {last && isBuilding ? <Building change={last} /> : null}
      {chosen !== channel.linkLevel && !isBuilding ? (
        <LevelPreview channelId={channel.id} level={chosen}>
          <Button loading={act.isPending} onClick={() => act.mutate(chosen)}>
            {t("office.channels.level_switch", { level: t(`office.channels.level.${chosen}`) })}
          </Button>
        </LevelPreview>
      ) : null}
      <Past changes={changes.data?.items.filter(({ state }) => state !== "building") ?? []} />
    </div>
  );
}

const levelOf = (value: string): LinkLevel => LEVELS.find((level) => level === value) ?? "linked";

/** Screens show the level as soon as it holds, and the switch of many people while it is built. */
function keepChange(queries: QueryClient, change: LevelChangeView): void {
  queries.setQueryData(changesQuery(change.channelId).queryKey, (past) => ({ items: [change, ...(past?.items ?? [])] }));
}

function Building({ change }: { readonly change: LevelChangeView }) {
  const queries = useQueryClient();
  useLive(`level_change/${change.id}`);
  // Once it has turned, the list shows the new level.
  useEffect(() => () => void queries.invalidateQueries({ queryKey: ["channels"] }), [queries]);
  const share = change.total === 0 ? 100 : (change.built / change.total) * 100;
  const label = t("office.channels.level_building", {
    level: t(`office.channels.level.${change.to}`),
    built: formatNumber(change.built),
    total: formatNumber(change.total),
  });
  return (
    <div className={form.form} role="status">
      <p>{label}</p>
      <Progress value={share} aria-label={label} />
      <p className={form.quiet}>{t("office.channels.level_at_once")}</p>
    </div>
  );
}

/** The last switches, with who they were about. */
function Past({ changes }: { readonly changes: readonly LevelChangeView[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className={form.rows} aria-label={t("office.channels.level_past")}>
      {changes.slice(0, 5).map((change) => (
        <li key={change.id}>
          <span className={form.grow}>
            {t(`office.channels.level.${change.from}`)} → {t(`office.channels.level.${change.to}`)}
            <br />
            <small>{t("office.channels.level_records", { count: change.total })}</small>
          </span>
          <small>
            <TimeAgo at={change.turnedAt ?? change.createdAt} />
          </small>
        </li>
      ))}
    </ul>
  );
}
