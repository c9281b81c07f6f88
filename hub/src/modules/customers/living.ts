import { sql, type RawBuilder } from "kysely";
import { trailing, type Ctx } from "../../platform/index.ts";

/** The generation of computed customers that is shown now. */
export const LIVING = sql<number>`(select living from customers.generation)`;

/** Whether a row of a computed table is shown now. The alias is that of the table in the query. */
export function isLiving(alias: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${alias}.generation`)} <= ${LIVING} and ${sql.ref(`${alias}.until`)} > ${LIVING}`;
}

/** Any fixed number: who computes customers holds it together with others, who switches a level holds it alone. */
const LEVEL_LOCK = 4_400_021;

/**
 * Keeps the link levels as they are until this transaction ends, before anything is computed by them. Taken before the rows of computed
 * customers, so that a switch, which takes it alone, never waits for one who waits for it. The statements behind it wait for the lock, so
 * nobody else has to.
 */
export async function holdLevels(ctx: Pick<Ctx, "db">): Promise<void> {
  await trailing(ctx, sql`select pg_advisory_xact_lock_shared(${LEVEL_LOCK}::bigint)`);
}

/** Waits until nobody computes customers, and keeps everyone from it until this transaction ends: some milliseconds. */
export async function holdLevelsAlone({ db }: Pick<Ctx, "db">): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LEVEL_LOCK}::bigint)`.execute(db);
}
