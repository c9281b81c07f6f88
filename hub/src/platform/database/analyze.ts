import type { Pool } from "pg";
import { closeConnection, openConnection } from "./connection.ts";

/**
 * Tells the planner what is in the tables, after a load; with `vacuum`, also which pages hold nothing new. Empty tables are left out:
 * one that is analyzed while it is empty is planned as empty, so that foreign keys and look-ups read all of it, however fast it grows,
 * until autovacuum comes by. About one that was never analyzed the planner is careful and takes the key.
 */
export async function analyzeFilled(pool: Pool, { vacuum = false }: { readonly vacuum?: boolean } = {}): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and c.relpersistence <> 't' and pg_relation_size(c.oid) > 0`,
  );
  if (rows.length === 0) return;
  // A connection of its own: what reads millions of rows is no request, and takes longer than one may.
  const client = await openConnection(pool, "analyze");
  try {
    await client.query("set statement_timeout = 0; set lock_timeout = 0");
    await client.query(`${vacuum ? "vacuum analyze" : "analyze"} ${rows.map(({ name }) => name).join(", ")}`);
  } finally {
    await closeConnection(client);
  }
}
