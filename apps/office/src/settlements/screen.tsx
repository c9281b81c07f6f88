import { Button, NativeSelect } from "@mantine/core";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { SettlementDifferenceView, SettlementView } from "@weft/contracts/client";
import { formatBusinessDate, formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge, type Tone } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import { DayRange } from "../common/day-range.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { settlementsRoute } from "../routes.tsx";
import type { SettlementsSearch } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { FileForm } from "./file-form.tsx";

const settlementQuery = (search: SettlementsSearch) =>
  queryOptions({
    queryKey: ["settlements", search],
    queryFn: ({ signal }) => {
      const { account, from, to } = search;
      return api.ask("settlements.read", { query: { ...(account && { account }), ...(from && { from }), ...(to && { to }) }, signal });
    },
    placeholderData: keepPreviousData,
  });

/** What payment providers say they settled beside our own books: what agrees, each difference, and what to do about it. */
export function SettlementsScreen(): ReactElement {
  const search = settlementsRoute.useSearch();
  const { data, isPending, error, refetch } = useQuery(settlementQuery(search));
  return (
    <Page title={t("office.nav.settlements")}>
      {isPending ? <ScreenSkeleton /> : null}
      {error ? <ProblemNote error={error} onRetry={refetch} /> : null}
      {data ? <Settlement settlement={data} /> : null}
    </Page>
  );
}

function Settlement({ settlement }: { readonly settlement: SettlementView }) {
  const { differences, matched, days } = settlement;
  const wrong = differences.filter(isWrong).length;
  return (
    <>
      <Choice settlement={settlement} />
      {matched + wrong > 0 ? (
        <p role="status">
          <Badge tone={wrong > 0 ? "warn" : "good"}>
            {wrong > 0 ? t("office.settlement.differs", { count: wrong }) : t("office.settlement.agrees")}
          </Badge>{" "}
          {t("office.settlement.matched", { count: matched })}
        </p>
      ) : null}
      {differences.length > 0 ? (
        <Section title={t("office.settlement.differences")}>
          <DataTable label={t("office.settlement.differences")} columns={differenceColumns()} rows={differences} rowKey={keyOf} />
        </Section>
      ) : null}
      {days.length > 0 ? (
        <Section title={t("office.settlement.days")}>
          <DataTable
            label={t("office.settlement.days")}
            columns={dayColumns()}
            rows={days}
            rowKey={({ day, gross }) => `${day} ${gross.currency}`}
          />
        </Section>
      ) : (
        <p className={form.quiet}>{t("office.settlement.nothing_said")}</p>
      )}
      <FileForm account={settlement.account} />
    </>
  );
}

/** What is not settled yet is no difference: it is only waited for. */
const isWrong = ({ kind, isLate }: SettlementDifferenceView): boolean => kind !== "missing_there" || isLate;

/** Which provider and which days; one that can be asked is asked here. */
function Choice({ settlement: { account, accounts, from, to } }: { readonly settlement: SettlementView }) {
  const navigate = settlementsRoute.useNavigate();
  const may = useMay();
  const change = (part: Partial<SettlementsSearch>): void => void navigate({ search: { account, from, to, ...part }, replace: true });
  const ask = useAct(() => api.ask("settlements.fetch", { body: { account, from, to } }), [["settlements"]]);
  const own = accounts.find((one) => one.account === account);
  return (
    <div className={form.row}>
      <NativeSelect
        size="xs"
        label={t("office.settlement.account")}
        value={account}
        data={[...new Set([account, ...accounts.map((one) => one.account)])]}
        onChange={({ currentTarget }) => change({ account: currentTarget.value })}
      />
      <DayRange days={{ from, to }} label={(end) => t(`office.settlement.${end}`)} onChange={change} />
      {own?.canBeAsked && may("settlements.fetch") ? (
        <Button
          loading={ask.isPending}
          onClick={() => ask.act(undefined, ({ lines, known }) => showToast(t("office.settlement.asked", { count: lines - known })))}
        >
          {t("office.settlement.ask")}
        </Button>
      ) : null}
    </div>
  );
}

const keyOf = ({ kind, ours, theirs }: SettlementDifferenceView): string =>
  [kind, ours?.orderId, ours?.at, theirs?.reference, theirs?.settledOn].join(" ");

function toneOf(difference: SettlementDifferenceView): Tone {
  if (!isWrong(difference)) return "plain";
  return difference.kind === "doubled" ? "warn" : "bad";
}

const wordOf = (difference: SettlementDifferenceView): string =>
  t(isWrong(difference) ? `office.settlement.kind.${difference.kind}` : "office.settlement.kind.waiting");

function differenceColumns(): Column<SettlementDifferenceView>[] {
  return [
    {
      key: "kind",
      label: t("office.settlement.what"),
      cell: (difference) => <Badge tone={toneOf(difference)}>{wordOf(difference)}</Badge>,
      text: wordOf,
    },
    {
      key: "order",
      label: t("office.settlement.order"),
      cell: ({ ours, theirs }) =>
        ours?.orderId ? (
          <PageLink to="/orders" search={{ open: ours.orderId }}>
            {ours.orderNumber ?? ours.orderId}
          </PageLink>
        ) : (
          <code>{theirs?.reference}</code>
        ),
      text: ({ ours, theirs }) => ours?.orderNumber ?? theirs?.reference ?? null,
    },
    {
      key: "ours",
      label: t("office.settlement.ours"),
      align: "end",
      cell: ({ ours }) => (ours ? formatMoney(ours.amount) : "–"),
      text: ({ ours }) => (ours ? formatMoney(ours.amount) : null),
    },
    {
      key: "theirs",
      label: t("office.settlement.theirs"),
      align: "end",
      cell: ({ theirs }) => (theirs ? formatMoney(theirs.amount) : "–"),
      text: ({ theirs }) => (theirs ? formatMoney(theirs.amount) : null),
    },
    {
      key: "at",
      label: t("office.settlement.when"),
      isMinor: true,
      cell: ({ ours, theirs }) => (theirs ? formatBusinessDate(theirs.settledOn) : ours ? formatDateTime(ours.at) : ""),
      text: ({ ours, theirs }) => theirs?.settledOn ?? ours?.at ?? null,
    },
    {
      key: "do",
      label: t("office.settlement.do"),
      isMinor: "on a phone",
      cell: (difference) => t(isWrong(difference) ? `office.settlement.do.${difference.kind}` : "office.settlement.do.waiting"),
    },
  ];
}

function dayColumns(): Column<SettlementView["days"][number]>[] {
  const amount = (key: "gross" | "fees" | "paidOut"): Column<SettlementView["days"][number]> => ({
    key,
    label: t(`office.settlement.${key === "paidOut" ? "paid_out" : key}`),
    align: "end",
    cell: (day) => formatMoney(day[key]),
    text: (day) => formatMoney(day[key]),
  });
  return [
    { key: "day", label: t("office.settlement.day"), cell: ({ day }) => formatBusinessDate(day), text: ({ day }) => day },
    amount("gross"),
    amount("fees"),
    amount("paidOut"),
    {
      key: "lines",
      label: t("office.settlement.lines"),
      align: "end",
      isMinor: true,
      cell: ({ lines }) => String(lines),
      text: ({ lines }) => lines,
    },
  ];
}
