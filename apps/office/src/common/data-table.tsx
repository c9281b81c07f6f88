import { ActionIcon, Button, Table, Tooltip } from "@mantine/core";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import { useMutation, type InfiniteData, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ListOfPeople } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactNode } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { download, toCsv } from "./csv.ts";
import { receiveFile } from "./transfer.ts";
import styles from "./data-table.module.css";
import { inParts, PART_ROWS, useRoom } from "./near.ts";

export type Column<Row> = {
  readonly key: string;
  readonly label: string;
  /** A column without a cell is only in the exported file. */
  readonly cell?: (row: Row) => ReactNode;
  /** What stands in the exported file. A column without it is a control and not exported. */
  readonly text?: (row: Row) => string | number | null;
  readonly align?: "end";
  /** Left out where there is little room, or only on a phone; the details have it. */
  readonly isMinor?: boolean | "on a phone";
};

/** About how high a row is. */
const ROW_PX = 41;

/** Where a row leads: another page, or the same list with the row opened beside it. */
export type RowLink = { readonly to: string; readonly params?: Record<string, string>; readonly search?: Record<string, unknown> };

type TableProps<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly linkOf?: (row: Row) => RowLink;
  /** The key of the row that is open beside the list. */
  readonly openKey?: string | undefined;
};

/** Rows of a list. The first cell carries the link, which covers the whole row: one click or one Enter opens it. */
export function DataTable<Row>({ label, columns, rows, rowKey, linkOf, openKey }: TableProps<Row>) {
  const shown = columns.flatMap((column): Shown<Row>[] => (column.cell ? [{ ...column, cell: column.cell }] : []));
  const parts = inParts(rows);
  return (
    <div className={styles.scroll}>
      <Table aria-label={label} className={styles.table} {...(rows.length > PART_ROWS && { "aria-rowcount": rows.length + 1 })}>
        <Table.Thead>
          <Table.Tr>
            {shown.map((column) => (
              <Table.Th key={column.key} scope="col" data-align={column.align} data-minor={column.isMinor}>
                {column.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        {parts.map((part, index) => {
          // Of a list that was read far down before, its beginning and its end are drawn first.
          const isFarAtFirst = index > 1 && index < parts.length - 1;
          return (
            <Part
              // oxlint-disable-next-line react/no-array-index-key -- a part is its place in the list: what is above moves rows through it
              key={index}
              rows={part}
              first={index * PART_ROWS}
              total={rows.length}
              guess={isFarAtFirst ? part.length * ROW_PX : null}
              {...{ shown, rowKey, linkOf, openKey }}
            />
          );
        })}
      </Table>
    </div>
  );
}

type Shown<Row> = Column<Row> & { readonly cell: (row: Row) => ReactNode };

type PartProps<Row> = Pick<TableProps<Row>, "rows" | "rowKey"> & {
  readonly shown: readonly Shown<Row>[];
  readonly linkOf: TableProps<Row>["linkOf"] | undefined;
  readonly openKey: string | undefined;
  /** How many rows stand above this part, and how many the whole list has. */
  readonly first: number;
  readonly total: number;
  readonly guess: number | null;
};

/** Some rows of the list, or the room for them where they are far from the screen. */
function Part<Row>({ rows, rowKey, shown, linkOf, openKey, first, total, guess }: PartProps<Row>) {
  const { ref, room } = useRoom<HTMLTableSectionElement>(guess);
  if (room !== null)
    return (
      <Table.Tbody ref={ref} aria-hidden>
        <Table.Tr>
          <Table.Td colSpan={shown.length} p={0} h={room} />
        </Table.Tr>
      </Table.Tbody>
    );
  // A list of which all rows are drawn counts itself.
  const counted = total > PART_ROWS;
  return (
    <Table.Tbody ref={ref}>
      {rows.map((row, rowIndex) => {
        const key = rowKey(row);
        return (
          <Table.Tr
            key={key}
            data-open={key === openKey || undefined}
            className={styles.row}
            {...(counted && { "aria-rowindex": first + rowIndex + 2 })}
          >
            {shown.map((column, index) => (
              <Table.Td key={column.key} data-align={column.align} data-minor={column.isMinor}>
                {index === 0 && linkOf ? <RowAnchor target={linkOf(row)}>{column.cell(row)}</RowAnchor> : column.cell(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        );
      })}
    </Table.Tbody>
  );
}

function RowAnchor({ target, children }: { readonly target: RowLink; readonly children: ReactNode }) {
  return (
    <Link
      to={target.to}
      {...(target.params && { params: target.params })}
      {...(target.search && { search: target.search })}
      className={styles.anchor}
    >
      {children}
    </Link>
  );
}

type PagedTableProps<Row> = Omit<TableProps<Row>, "rows"> & {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly items: Row[] }>>;
  /** What to say when nothing is there. */
  readonly empty: { readonly title: string; readonly text?: string };
  /** Whom its rows tell of: a file of them is kept among those that left. Null for a list that tells of nobody. */
  readonly people?: People | null;
  /** Where the hub gives the whole list as a file; absent: the rows that are seen are given. */
  readonly filePath?: string;
};

/** The list by its name, or the one customer whom all of it is about. */
type People = { readonly list: ListOfPeople; readonly customerId?: string };

/** What says nothing about its rows may tell of people. */
const SOME_LIST: People = { list: "other" };

/** A list of the hub: waiting, failed, empty or full, with more at its end. */
export function PagedTable<Row>({ query, empty, people = SOME_LIST, filePath, ...table }: PagedTableProps<Row>) {
  // Cut off, nothing is on its way that a skeleton could stand for.
  if (query.isPending && query.isPaused) return <EmptyState title={t("problem.client.offline")} />;
  if (query.isPending) return <TableSkeleton />;
  if (query.isError) return <ProblemNote error={query.error} onRetry={query.refetch} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <EmptyState title={empty.title} {...(empty.text !== undefined && { text: empty.text })} />;
  return (
    <div className={styles.paged} data-stale={query.isPlaceholderData || undefined}>
      <DataTable {...table} rows={rows} />
      <div className={styles.foot}>
        <span role="status">{t("office.list.count", { count: rows.length, more: query.hasNextPage ? "yes" : "no" })}</span>
        {query.hasNextPage ? (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("office.list.more")}
          </Button>
        ) : null}
        <ExportButton name={table.label} columns={table.columns} rows={rows} people={people} filePath={filePath} />
      </div>
    </div>
  );
}

type ExportProps<Row> = {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly people: People | null;
  readonly filePath: string | undefined;
};

/** Gives the rows as they are seen as a file for a spreadsheet; of people only after it stands among the files that left [IMP-12]. */
function ExportButton<Row>({ name, columns, rows, people, filePath }: ExportProps<Row>) {
  const exported = columns.flatMap((column) => (column.text ? [{ label: column.label, text: column.text }] : []));
  const save = useMutation({
    mutationFn: async () => {
      if (filePath !== undefined) return receiveFile(filePath, () => undefined);
      if (people) await api.ask("exports.list", { body: { ...people, rows: rows.length } });
      const lines = rows.map((row) => exported.map(({ text }) => text(row)));
      const day = new Date().toISOString().slice(0, 10);
      download(`${name} ${day}.csv`, "text/csv;charset=utf-8", toCsv([exported.map(({ label }) => label), ...lines]));
    },
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <Tooltip label={t("office.list.export")}>
      <ActionIcon aria-label={t("office.list.export")} loading={save.isPending} onClick={() => save.mutate()}>
        <IconDownload size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Keeps the room of a list that is on its way. */
export function TableSkeleton() {
  return (
    <div className={styles.skeleton} role="status">
      <span className="said">{t("ui.loading")}</span>
      {Array.from({ length: 8 }, (_, row) => (
        <Skeleton key={row} height="1.75rem" />
      ))}
    </div>
  );
}
