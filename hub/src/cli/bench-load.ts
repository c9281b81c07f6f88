import { finished } from "node:stream/promises";
import { once } from "node:events";
import { from as copyFrom } from "pg-copy-streams";
import type pg from "pg";
import { closeConnection, openConnection } from "../platform/database/connection.ts";

/**
 * Gives `work` a connection that fills a database which nobody uses yet: nothing waits for the disk, foreign keys and triggers are not
 * asked, and the server goes back to its usual settings afterwards. A database whose loading was cut off is to be thrown away.
 */
export async function whileLoading(pool: pg.Pool, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = await openConnection(pool, "load");
  try {
    await setServer(client, (name) => `alter system set ${name} = off`);
    await client.query(
      "set statement_timeout = 0; set lock_timeout = 0; set synchronous_commit = off; set session_replication_role = replica",
    );
    await client.query("set maintenance_work_mem = '1GB'; set work_mem = '256MB'");
    await work(client);
    await setServer(client, (name) => `alter system reset ${name}`);
    await client.query("checkpoint");
  } finally {
    await closeConnection(client);
  }
}

async function setServer(client: pg.Client, sentence: (name: string) => string): Promise<void> {
  for (const name of ["fsync", "full_page_writes", "autovacuum"]) await client.query(sentence(name));
  await client.query("select pg_reload_conf()");
}

type Rebuilt = { readonly drop: string; readonly create: string };

/** Takes the indexes of these tables away for as long as they are filled, and builds them again at once; those that foreign keys stand on stay. */
export async function withoutIndexes(client: pg.Client, tables: readonly string[], work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<Rebuilt>(
    `select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
                 else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
            case when c.oid is null then replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
                 else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as create
       from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
      where i.indrelid = any ($1::text[]::regclass[])
        and not exists (select from pg_constraint f where f.conindid = i.indexrelid and f.contype = 'f')
      order by i.indrelid, c.oid nulls last, i.indexrelid`,
    [tables],
  );
  for (const { drop } of rows) await client.query(drop);
  await work();
  for (const { create } of rows) await client.query(create);
}

/** A value as COPY takes it; null for none. */
export type Cell = string | number | Date | Buffer | object | null;

/** Sends rows to a table, in the order of the columns. */
export async function copyRows(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(", ")}) from stdin`));
  const done = finished(stream);
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const text = rows
      .slice(from, from + ROWS_AT_ONCE)
      .map(lineOf)
      .join("");
    if (!stream.write(text)) await once(stream, "drain");
  }
  stream.end();
  await done;
}

const ROWS_AT_ONCE = 2000;

const lineOf = (row: readonly Cell[]): string => `${row.map(textOf).join("\t")}\n`;

function textOf(cell: Cell): string {
  if (cell === null) return "\\N";
  if (typeof cell === "number") return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString("hex")}`;
  return escaped(typeof cell === "string" ? cell : JSON.stringify(cell));
}

const escaped = (text: string): string => (/[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (char) => `\\${char}`) : text);
