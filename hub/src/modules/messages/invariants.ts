import type { Invariant } from "../../platform/index.ts";

export const messagesInvariants: readonly Invariant[] = [
  {
    name: "messages.month_has_partition",
    description: "Every message lies in the partition of its month: the job that makes partitions runs ahead.",
    sql: "select record_id || ' ' || id as example from messages.outbound_default",
  },
  {
    name: "messages.once_per_cause",
    description: "Every queued cause has its message [MSG-1].",
    sql: `select d.record_id || ' ' || d.dedupe_key as example from messages.dedupe d
           where not exists (select from messages.outbound o where o.record_id = d.record_id and o.created_at = d.created_at and o.id = d.id)`,
  },
];
