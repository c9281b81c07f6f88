import type { Signal } from "../../platform/index.ts";

/** Whether the tills are heard, and what lies in them. */
export const tillSignals: readonly Signal[] = [
  {
    name: "till_silent_seconds",
    about: "For how long a register with an open shift has sent nothing. Its network is down, or its shift was left open.",
    unit: "seconds",
    worse: "above",
    watch: 14_400,
    bad: 86_400,
    sql: `select coalesce(max(extract(epoch from now() - greatest(r.last_seen_at, s.opened_at))), 0)::float8 as value
            from till.shift s join till.register r on r.id = s.register_id where s.closed_at is null and r.retired_at is null and not r.training`,
  },
  {
    name: "till_unsent",
    about: "Acts that the fullest register still had in its outbox when it last sent some.",
    unit: "count",
    worse: "above",
    watch: 20,
    bad: 200,
    sql: "select coalesce(max(unsent), 0)::integer as value from till.register where retired_at is null",
  },
  {
    name: "till_journal_defects",
    about:
      "Entries that registers signed and that were refused: a second branch, a gap, another content. A manager enrolls a new key there.",
    unit: "count",
    worse: "above",
    watch: 1,
    bad: 1,
    sql: "select count(*)::integer as value from till.fiscal_defect where settled_at is null",
  },
  {
    name: "till_unsigned_seconds",
    about: "For how long the oldest document waits to be signed by its register. It is switched off, or its browser lost its journal.",
    unit: "seconds",
    worse: "above",
    watch: 14_400,
    bad: 259_200,
    sql: "select coalesce(max(extract(epoch from now() - at)), 0)::float8 as value from till.unsigned_document",
  },
];
