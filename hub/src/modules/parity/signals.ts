import type { Signal } from "../../platform/index.ts";

/** Whether customers see the same everywhere, as the last check found it. */
export const paritySignals: readonly Signal[] = [
  {
    name: "parity_wrong",
    about: "Values that a channel shows wrongly, by the last check: open Same everywhere in the office and mend them.",
    unit: "count",
    worse: "above",
    watch: 0,
    bad: 100,
    sql: "select (select wrong from parity.run where state = 'done' order by ended_at desc, id desc limit 1) as value",
  },
];
