import type { HealthReportView } from "@weft/contracts";
import type pg from "pg";
import { statement } from "../database/db.ts";
import type { Invariant } from "./invariant.ts";

/** What a check found: per invariant how many rows violate it, and the first few. */
export type InvariantReport = HealthReportView["invariants"];
type InvariantResult = InvariantReport["results"][number];

const MOST_EXAMPLES = 5;
const LONGEST_CHECK = "60s";

/**
 * Holds the data against everything that must be true of it, one after the other, reading only. A check that cannot be run (it takes
 * longer than a minute, or its statement is wrong) counts as violated, with the reason as its example: an unknown is no good news.
 */
export async function checkInvariants(pool: pg.Pool, invariants: readonly Invariant[]): Promise<InvariantReport> {
  const client = await pool.connect();
  try {
    const results: InvariantResult[] = [];
    for (const invariant of invariants) results.push(await check(client, invariant));
    return { checkedAt: new Date().toISOString(), results };
  } finally {
    client.release();
  }
}

async function check(client: pg.PoolClient, { name, description, sql }: Invariant): Promise<InvariantResult> {
  await client.query(`begin read only; set local statement_timeout = '${LONGEST_CHECK}'`);
  try {
    const { rows } = await client.query<{ example: string; violations: number }>(
      `select example, count(*) over ()::integer as violations from (${sql}) as violating limit ${MOST_EXAMPLES}`,
    );
    return { name, description, violations: rows[0]?.violations ?? 0, examples: rows.map(({ example }) => example) };
  } catch (error) {
    return { name, description, violations: 1, examples: [`could not be checked: ${error instanceof Error ? error.message : "unknown"}`] };
  } finally {
    await client.query("rollback");
  }
}

/** Checks, and keeps what was found for the health page of every node. */
export async function checkAndKeep(pool: pg.Pool, invariants: readonly Invariant[]): Promise<InvariantReport> {
  const report = await checkInvariants(pool, invariants);
  await statement(pool, "insert into platform.invariant_check (checked_at, results) values ($1, $2) on conflict do nothing", [
    report.checkedAt,
    JSON.stringify(report.results),
  ]);
  return report;
}

/** What the last check on any node found. */
export async function lastCheck(pool: pg.Pool): Promise<InvariantReport> {
  const [row] = await statement<{ checked_at: Date; results: InvariantResult[] }>(
    pool,
    "select checked_at, results from platform.invariant_check order by checked_at desc limit 1",
    [],
  );
  return { checkedAt: row?.checked_at.toISOString() ?? null, results: row?.results ?? [] };
}
