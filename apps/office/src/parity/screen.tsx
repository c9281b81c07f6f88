import { Button, NativeSelect, Progress } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import {
  PARITY_ATTRIBUTES,
  PARITY_VERDICTS,
  PARITY_WINDOWS,
  type ChannelKind,
  type ParityCheckView,
  type ParityDifferenceView,
} from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Card } from "@weft/ui/shop/card.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { usePlaceOptions } from "../common/places.ts";
import { About, Figure, Figures } from "../common/report.tsx";
import { inLanguage } from "../common/text.ts";
import { channelsQuery } from "../import/queries.ts";
import { parityRoute } from "../routes.tsx";
import type { readParitySearch } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { Fix } from "./fix.tsx";
import styles from "./parity.module.css";
import { ShownProduct } from "./product.tsx";
import { checksQuery, differencesFile, differencesQuery } from "./queries.ts";
import { becauseText, TONES, valueText, windowText } from "./words.ts";

type Search = ReturnType<typeof readParitySearch>;

/** The kinds of channels that show goods. */
const SHOWING: ReadonlySet<ChannelKind> = new Set(["web", "app", "store"]);

/** Whether every channel shows the same: what differs, why, and where it is mended. */
export function ParityScreen(): ReactElement {
  const search = parityRoute.useSearch();
  const navigate = parityRoute.useNavigate();
  const checks = useQuery(checksQuery);
  const may = useMay();
  const start = useAct(() => api.ask("parity.start", { body: { placeId: null, renewFeedsOf: null } }), [["parity"]]);
  const set = (change: Partial<Search>): void => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true });
  const underWay = checks.data?.items.find(({ state }) => state === "waiting" || state === "running");
  const last = checks.data?.items.find(({ state }) => state === "done");
  // Side by side at one store: at all of them nobody could compare.
  const place = usePlaceOptions().find(({ value }) => search.place === undefined || value === search.place)?.value;
  return (
    <Page
      title={t("office.nav.parity")}
      actions={
        <>
          <Filters search={search} set={set} />
          {may("parity.start") ? (
            <Button size="xs" loading={start.isPending || underWay !== undefined} onClick={() => start.mutate(undefined)}>
              {t("office.parity.check_now")}
            </Button>
          ) : null}
        </>
      }
    >
      <About>{t("office.parity.about")}</About>
      {checks.isPending ? <ScreenSkeleton /> : null}
      {checks.isError ? <ProblemNote error={checks.error} onRetry={checks.refetch} /> : null}
      {underWay ? <Course check={underWay} /> : null}
      {checks.data && !last && !underWay ? <EmptyState title={t("office.parity.never")} text={t("office.parity.never_text")} /> : null}
      {last ? <Summary check={last} /> : null}
      {search.product === undefined || place === undefined ? null : (
        <ShownProduct key={search.product} productId={search.product} checkId={last?.id} place={place} />
      )}
      {last ? <Differences check={last} search={search} /> : null}
      {checks.data && checks.data.items.length > 0 ? <History checks={checks.data.items} /> : null}
    </Page>
  );
}

function Filters({ search, set }: { readonly search: Search; readonly set: (change: Partial<Search>) => void }) {
  const places = usePlaceOptions();
  const channels = (useQuery(channelsQuery).data?.channels ?? []).filter(({ kind }) => SHOWING.has(kind));
  return (
    <>
      <FilterText label={t("office.parity.sku")} value={search.sku} onChange={(sku) => set({ sku })} />
      <NativeSelect
        size="xs"
        aria-label={t("office.parity.verdict_filter")}
        value={search.verdict ?? ""}
        data={[
          { value: "", label: t("office.parity.verdict.open") },
          ...PARITY_VERDICTS.map((value) => ({ value, label: t(`office.parity.verdict.${value}`) })),
        ]}
        onChange={({ currentTarget }) => set({ verdict: PARITY_VERDICTS.find((value) => value === currentTarget.value) })}
      />
      <FilterChoice
        label={t("office.parity.window_filter")}
        value={search.window}
        options={PARITY_WINDOWS.map((value) => ({ value, label: t(`office.parity.window.${value}`) }))}
        onChange={(window) => set({ window })}
      />
      <FilterChoice
        label={t("office.parity.attribute_filter")}
        value={search.attribute}
        options={PARITY_ATTRIBUTES.map((value) => ({ value, label: t(`office.parity.attribute.${value}`) }))}
        onChange={(attribute) => set({ attribute })}
      />
      <FilterChoice
        label={t("office.parity.channel")}
        value={search.channel}
        options={channels.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(channel) => set({ channel })}
      />
      <FilterChoice label={t("office.orders.place")} value={search.place} options={places} onChange={(place) => set({ place })} />
    </>
  );
}

/** How far a check is. */
function Course({ check: { state, done, total } }: { readonly check: ParityCheckView }) {
  const text =
    state === "waiting" ? t("office.parity.waiting") : t("office.parity.course", { done: formatNumber(done), total: formatNumber(total) });
  return (
    <Card>
      <span role="status">{text}</span>
      <Progress value={total === 0 ? 0 : (done / total) * 100} animated aria-label={text} />
    </Card>
  );
}

function Summary({ check }: { readonly check: ParityCheckView }) {
  return (
    <Figures>
      {PARITY_VERDICTS.map((verdict) => (
        <Figure key={verdict} label={t(`office.parity.verdict.${verdict}`)} value={formatNumber(check[verdict])}>
          {t(`office.parity.verdict_about.${verdict}`)}
        </Figure>
      ))}
      <Figure label={t("office.parity.compared")} value={formatNumber(check.compared)}>
        {t("office.parity.products", { count: check.done })}, <TimeAgo at={check.endedAt ?? check.askedAt} />
      </Figure>
    </Figures>
  );
}

function Differences({ check, search }: { readonly check: ParityCheckView; readonly search: Search }) {
  const differences = useInfiniteQuery(differencesQuery(check.id, search));
  const { product, ...filters } = search;
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const same = { title: t("office.parity.all_same"), text: t("office.parity.all_same_text", { count: check.done }) };
  return (
    <PagedTable
      query={differences}
      label={t("office.parity.differences")}
      people={null}
      filePath={differencesFile(search)}
      columns={differenceColumns()}
      rowKey={({ id }) => id}
      linkOf={({ productId, placeId }) => ({
        to: "/same-everywhere",
        search: { ...filters, ...(productId !== null && { product: productId }), ...(placeId !== null && { place: placeId }) },
      })}
      openKey={product}
      empty={isFiltered ? { title: t("office.parity.none_of_these") } : same}
    />
  );
}

function differenceColumns(): Column<ParityDifferenceView>[] {
  const aboutOf = ({ name, sku, placeName }: ParityDifferenceView): string => (name ? `${inLanguage(name)} · ${sku}` : (placeName ?? ""));
  return [
    { key: "about", label: t("office.parity.goods"), cell: aboutOf, text: aboutOf },
    {
      key: "verdict",
      label: t("office.parity.verdict_filter"),
      cell: ({ verdict }) => <Badge tone={TONES[verdict]}>{t(`office.parity.verdict.${verdict}`)}</Badge>,
      text: ({ verdict }) => t(`office.parity.verdict.${verdict}`),
    },
    { key: "where", label: t("office.parity.window_filter"), cell: windowText, text: windowText },
    {
      key: "attribute",
      label: t("office.parity.attribute_filter"),
      cell: ({ attribute }) => t(`office.parity.attribute.${attribute}`),
      text: ({ attribute }) => t(`office.parity.attribute.${attribute}`),
    },
    {
      key: "shown",
      label: t("office.parity.shown"),
      cell: ({ shown }) => <span className={styles.values}>{valueText(shown)}</span>,
      text: ({ shown }) => shown,
    },
    {
      key: "expected",
      label: t("office.parity.expected"),
      isMinor: "on a phone",
      cell: ({ expected }) => <span className={styles.values}>{valueText(expected)}</span>,
      text: ({ expected }) => expected,
    },
    { key: "because", label: t("office.parity.because_column"), isMinor: true, cell: becauseText, text: becauseText },
    { key: "fix", label: t("office.parity.fix_column"), cell: ({ fix, fixId, channelId }) => <Fix {...{ fix, fixId, channelId }} /> },
  ];
}

function History({ checks }: { readonly checks: readonly ParityCheckView[] }) {
  return (
    <Section title={t("office.parity.history")}>
      <DataTable label={t("office.parity.history")} rows={checks} rowKey={({ id }) => id} columns={checkColumns()} />
    </Section>
  );
}

function checkColumns(): Column<ParityCheckView>[] {
  const count = (key: "wrong" | "lagging" | "allowed"): Column<ParityCheckView> => ({
    key,
    label: t(`office.parity.verdict.${key}`),
    align: "end",
    cell: (check) => formatNumber(check[key]),
    text: (check) => check[key],
  });
  return [
    { key: "at", label: t("office.when"), cell: ({ askedAt }) => <TimeAgo at={askedAt} />, text: ({ askedAt }) => askedAt },
    {
      key: "cause",
      label: t("office.parity.cause_column"),
      isMinor: "on a phone",
      cell: ({ cause }) => t(`office.parity.cause.${cause}`),
    },
    { key: "state", label: t("office.orders.state"), cell: ({ state }) => t(`office.parity.state.${state}`) },
    count("wrong"),
    count("lagging"),
    count("allowed"),
  ];
}
