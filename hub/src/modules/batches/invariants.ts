import type { Invariant } from "../../platform/index.ts";

export const batchesInvariants: readonly Invariant[] = [
  {
    name: "BAT-2 the same is called back once",
    description: "No two recalls of exactly the same goods stand at once",
    sql: `select min(id::text) as example from batches.recall where lifted_at is null
           group by product_id, variant_id, batches, serials having count(*) > 1`,
  },
];
