import type { HealthReportView } from "@weft/contracts";
import type pg from "pg";
import { statement } from "../database/db.ts";
import type { Invariant } from "./invariant.ts";

/** What a check found: per invariant how many rows violate it, and the first few. */
export type InvariantReport = HealthReportView["invariants"];
type InvariantResult = InvariantReport["results"][number];

const MOST_EXAMPLES = 5;
const LONGEST_CHECK = "5min";
/** After a check the hub rests so many times as long as it took: over 1,000,000 customers one takes minutes, and would fill a core. */
export const REST = 19;

/**
 * Holds the data against everything that must be true of it, one after the other, reading only. A check that cannot be run (it takes
 * longer than five minutes, or its statement is wrong) counts as violated, with the reason as its example: an unknown is no good news.
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
  const began = performance.now();
  const report = await checkInvariants(pool, invariants);
  await statement(pool, "insert into platform.invariant_check (checked_at, took_ms, results) values ($1, $2, $3) on conflict do nothing", [
    report.checkedAt,
    Math.round(performance.now() - began),
    JSON.stringify(report.results),
  ]);
  return report;
}

/** Whether the last check on any node was long enough ago for what it cost: checking takes a twentieth of a core at most. */
export async function isCheckDue(pool: pg.Pool): Promise<boolean> {
  const [row] = await statement<{ is_resting: boolean }>(
    pool,
    `select exists (select from platform.invariant_check
                     where checked_at > now() - interval '1 ms' * took_ms * $1::integer) as is_resting`,
    [REST],
  );
  return row?.is_resting === false;
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
