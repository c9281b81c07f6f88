import type pg from "pg";
import { statement } from "./platform/index.ts";

/** One call per table that is partitioned by time. The jobs of their modules call the same functions every day. */
const MAKE_PARTITIONS = `
  select platform.make_event_log_partitions(7), access.make_audit_partitions(3), messages.make_partitions(2), touchpoints.make_partitions(2)`;

/** Makes the partitions of today and of the time ahead: a hub that stood still, or was restored, has none for what happens now. */
export async function makePartitions(pool: pg.Pool): Promise<void> {
  await statement(pool, MAKE_PARTITIONS, []);
}
