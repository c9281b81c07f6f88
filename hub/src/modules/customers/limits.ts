import { sql } from "kysely";
import { defineSnapshot, type ReadCtx } from "../../platform/index.ts";
import { STARTING_LIMITS, type IdentifierLimit, type LimitedKind, type Limits } from "./domain/index.ts";
import { LimitsChanged } from "./events.ts";

/** What kinds of values tell about people now [IDN-29]. */
export const limitsSnapshot = defineSnapshot<Limits>({
  name: "customers.limits",
  invalidatedBy: [LimitsChanged],
  load: readLimits,
});

export const limitsNow = (ctx: Pick<ReadCtx, "snapshots">): Promise<Limits> => ctx.snapshots.current(limitsSnapshot);

/** The limits as they are stored, past what this node remembers. */
export async function readLimits(db: ReadCtx["db"]): Promise<Limits> {
  const { rows } = await sql<IdentifierLimit>`
    select kind, scope, when_proven as "whenProven", when_claimed as "whenClaimed", values_per_customer as "valuesPerCustomer",
           customers_per_value as "customersPerValue", blocked from customers.identifier_limit`.execute(db);
  const of = (kind: LimitedKind): IdentifierLimit => rows.find((row) => row.kind === kind) ?? STARTING_LIMITS[kind];
  return { email: of("email"), phone: of("phone"), card: of("card"), payment_card: of("payment_card"), device: of("device") };
}
