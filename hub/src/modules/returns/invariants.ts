import type { Invariant } from "../../platform/index.ts";

export const returnsInvariants: readonly Invariant[] = [
  {
    name: "RET-2 a return is the sum of its lines",
    description: "The total of a return equals its lines'",
    sql: `select r.id::text as example from returns.return_order r
          where r.total <> (select coalesce(sum(total), 0) from returns.return_line where return_id = r.id)`,
  },
];
