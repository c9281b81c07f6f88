import { useInfiniteQuery } from "@tanstack/react-query";
import type { JournalClosingView, JournalEntryRowView } from "@weft/contracts/client";
import { formatBusinessDate, formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import type { ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { journalRoute } from "../routes.tsx";
import { t } from "../t.ts";
import { Archives } from "./archives.tsx";
import { entryWords } from "./entry-words.ts";
import { EntryBeside } from "./entry-beside.tsx";
import { Filters } from "./filters.tsx";
import { closingsQuery, entriesQuery, readEntryKey } from "./queries.ts";
import { Registers } from "./registers.tsx";

/** The fiscal journal: what every register wrote, whether it holds, what closed it, and what leaves the house for the tax office. */
export function JournalScreen(): ReactElement {
  const { entry, ...search } = journalRoute.useSearch();
  const navigate = journalRoute.useNavigate();
  const open = readEntryKey(entry);
  const view = search.view ?? "registers";
  return (
    <Page
      title={t("office.nav.journal")}
      actions={<Filters />}
      beside={open ? <EntryBeside key={entry} entry={open} onClose={() => void navigate({ search, replace: true })} /> : null}
    >
      {view === "registers" ? <Registers place={search.place} /> : null}
      {view === "entries" ? <Entries /> : null}
      {view === "closings" ? <Closings /> : null}
      {view === "archives" ? <Archives /> : null}
    </Page>
  );
}

const keyOf = ({ registerId, chain, seq }: Pick<JournalEntryRowView, "registerId" | "chain" | "seq">): string =>
  `${registerId}/${chain}/${seq}`;

function Entries() {
  const { entry, ...search } = journalRoute.useSearch();
  return (
    <PagedTable
      query={useInfiniteQuery(entriesQuery(search))}
      label={t("office.journal.entries")}
      people={null}
      columns={entryColumns()}
      rowKey={keyOf}
      linkOf={(row) => ({ to: "/journal", search: { ...search, entry: keyOf(row) } })}
      openKey={entry}
      empty={{ title: t("office.journal.no_entries"), text: t("office.journal.no_entries_text") }}
    />
  );
}

function Closings() {
  const { entry, ...search } = journalRoute.useSearch();
  return (
    <PagedTable
      query={useInfiniteQuery(closingsQuery(search))}
      label={t("office.journal.closings")}
      people={null}
      columns={closingColumns()}
      rowKey={keyOf}
      linkOf={(row) => ({ to: "/journal", search: { ...search, entry: keyOf(row) } })}
      openKey={entry}
      empty={{ title: t("office.journal.no_closings"), text: t("office.journal.no_closings_text") }}
    />
  );
}

function entryColumns(): Column<JournalEntryRowView>[] {
  return [
    {
      key: "entry",
      label: t("office.journal.entry"),
      cell: ({ chain, seq, number }) => number ?? `${chain} ${seq}`,
      text: ({ chain, seq }) => `${chain} ${seq}`,
    },
    { key: "type", label: t("office.journal.type"), cell: entryWords, text: entryWords },
    {
      key: "register",
      label: t("office.tills.register"),
      isMinor: "on a phone",
      cell: ({ registerName }) => registerName,
      text: ({ registerName }) => registerName,
    },
    {
      key: "at",
      label: t("office.when"),
      cell: ({ at, timeZone }) => <time dateTime={at}>{formatDateTime(at, { timeZone })}</time>,
      text: ({ at }) => at,
    },
    {
      key: "total",
      label: t("office.journal.total"),
      align: "end",
      cell: ({ total }) => (total === null ? "" : <MoneyText money={total} />),
      text: ({ total }) => (total === null ? null : formatMoney(total)),
    },
    {
      key: "signed",
      label: t("office.journal.kept"),
      isMinor: true,
      cell: ({ isSigned }) => <SignedBadge isSigned={isSigned} />,
      text: ({ isSigned }) => t(isSigned ? "office.journal.signed" : "office.journal.hashed"),
    },
  ];
}

function SignedBadge({ isSigned }: { readonly isSigned: boolean }) {
  return <Badge tone={isSigned ? "good" : "plain"}>{t(isSigned ? "office.journal.signed" : "office.journal.hashed")}</Badge>;
}

function closingColumns(): Column<JournalClosingView>[] {
  return [
    {
      key: "kind",
      label: t("office.journal.closing"),
      cell: ({ kind }) => t(`office.journal.closing.${kind}`),
      text: ({ kind }) => t(`office.journal.closing.${kind}`),
    },
    {
      key: "day",
      label: t("office.tills.day"),
      cell: ({ businessDate }) => formatBusinessDate(businessDate),
      text: ({ businessDate }) => businessDate,
    },
    {
      key: "register",
      label: t("office.tills.register"),
      cell: ({ registerName }) => registerName,
      text: ({ registerName }) => registerName,
    },
    {
      key: "at",
      label: t("office.when"),
      isMinor: true,
      cell: ({ at, timeZone }) => <time dateTime={at}>{formatDateTime(at, { timeZone })}</time>,
      text: ({ at }) => at,
    },
    {
      key: "net",
      label: t("office.journal.sum"),
      align: "end",
      cell: ({ net }) => <MoneyText money={net} />,
      text: ({ net }) => formatMoney(net),
    },
    {
      key: "perpetual",
      label: t("office.journal.perpetual"),
      align: "end",
      isMinor: true,
      cell: ({ perpetual }) => (perpetual === null ? "–" : <MoneyText money={perpetual} />),
      text: ({ perpetual }) => (perpetual === null ? null : formatMoney(perpetual)),
    },
  ];
}
