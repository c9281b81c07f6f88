import type { Invariant } from "../../platform/index.ts";

export const touchpointsInvariants: readonly Invariant[] = [
  {
    name: "touchpoints.month_has_partition",
    description: "Every touchpoint lies in the partition of its month: the job that makes partitions runs ahead.",
    sql: "select record_id || ' ' || id as example from touchpoints.touchpoint_default",
  },
  {
    name: "TCH-12 positions have no gaps",
    description: "The batches that are kept are numbered one after the other, up to the head of the log",
    sql: `select 'position ' || intake_seq as example from (
            select intake_seq, lead(intake_seq, 1, (select intake_seq + 1 from touchpoints.intake_head)) over (order by intake_seq) as next
              from touchpoints.intake_batch) positions where next <> intake_seq + 1`,
  },
  {
    name: "TCH-12 no follower is ahead of the log",
    description: "What a follower says it has read has a position",
    sql: "select name as example from touchpoints.follower where intake_seq > (select intake_seq from touchpoints.intake_head)",
  },
];
