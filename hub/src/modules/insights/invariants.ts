import type { Invariant } from "../../platform/index.ts";

export const insightsInvariants: readonly Invariant[] = [
  {
    name: "INS-4 a seam lies between two channels, forward in time",
    description: "Its sides are touches on different channels, and the first is not the later one",
    sql: "select to_id::text as example from insights.seam where from_channel_id = to_channel_id or from_at > to_at",
  },
  {
    name: "INS-1 identity and loyalty always apply",
    description: "Every seam says whether both were carried",
    sql: "select to_id::text as example from insights.seam where not facets ?& array['identity', 'loyalty']",
  },
];
