import type { Invariant } from "../../platform/index.ts";

export const touchpointsInvariants: readonly Invariant[] = [
  {
    name: "touchpoints.month_has_partition",
    description: "Every touchpoint lies in the partition of its month: the job that makes partitions runs ahead.",
    sql: "select record_id || ' ' || id as example from touchpoints.touchpoint_default",
  },
];
