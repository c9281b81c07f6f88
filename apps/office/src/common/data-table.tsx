import { ActionIcon, Button, Table, Tooltip } from "@mantine/core";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactNode } from "react";
import { t } from "../t.ts";
import { download, toCsv } from "./csv.ts";
import styles from "./data-table.module.css";

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
  const shown = columns.flatMap((column) => (column.cell ? [{ ...column, cell: column.cell }] : []));
  return (
    <div className={styles.scroll}>
      <Table aria-label={label} className={styles.table}>
        <Table.Thead>
          <Table.Tr>
            {shown.map((column) => (
              <Table.Th key={column.key} scope="col" data-align={column.align} data-minor={column.isMinor}>
                {column.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <Table.Tr key={key} data-open={key === openKey || undefined} className={styles.row}>
                {shown.map((column, index) => (
                  <Table.Td key={column.key} data-align={column.align} data-minor={column.isMinor}>
                    {index === 0 && linkOf ? <RowAnchor target={linkOf(row)}>{column.cell(row)}</RowAnchor> : column.cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
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
};

/** A list of the hub: waiting, failed, empty or full, with more at its end. */
export function PagedTable<Row>({ query, empty, ...table }: PagedTableProps<Row>) {
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
        <ExportButton name={table.label} columns={table.columns} rows={rows} />
      </div>
    </div>
  );
}

/** Gives the rows as they are seen as a file for a spreadsheet. */
export function ExportButton<Row>({
  name,
  columns,
  rows,
}: {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}) {
  const exported = columns.flatMap((column) => (column.text ? [{ label: column.label, text: column.text }] : []));
  const save = (): void => {
    const lines = rows.map((row) => exported.map(({ text }) => text(row)));
    const day = new Date().toISOString().slice(0, 10);
    download(`${name} ${day}.csv`, "text/csv;charset=utf-8", toCsv([exported.map(({ label }) => label), ...lines]));
  };
  return (
    <Tooltip label={t("office.list.export")}>
      <ActionIcon aria-label={t("office.list.export")} onClick={save}>
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
